/*
 * The call sequences of cpython-3-2.test.ts on a real libpython, one per name. Prints where each Python snippet ran ("main" or "sub") and how
 * the sequence ended; a thread that waits for itself is found by alarm(). docs/calibration.md says how to build and run it.
 */
#include <Python.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static PyThreadState *main_state, *sub_state, *first, *second;
static PyInterpreterState *main_interpreter, *sub;

static const char *where(void) {
    PyThreadState *current = PyThreadState_Get();
    return current->interp == main_interpreter ? "main" : "sub";
}

static void say(const char *text) { printf(" %s", text); fflush(stdout); }

static void python(void) {
    PyRun_SimpleString("1 + 1");
    say(where());
}

static void on_alarm(int signal) {
    (void)signal;
    static const char text[] = " waits-for-itself\n";
    (void)!write(1, text, sizeof text - 1);
    _exit(0);
}

static void callback(void) {
    PyGILState_STATE state = PyGILState_Ensure();
    python();
    PyGILState_Release(state);
}

static void make_sub(void) {
    sub_state = Py_NewInterpreter();
    sub = sub_state->interp;
}

static void on_foreign_thread(void *(*body)(void *)) {
    pthread_t thread;
    PyThreadState *saved = PyEval_SaveThread();
    pthread_create(&thread, NULL, body, NULL);
    pthread_join(thread, NULL);
    PyEval_RestoreThread(saved);
}

static void same_thread_callback(void) {
    make_sub();
    PyThreadState *saved = PyEval_SaveThread();
    callback();
    PyEval_RestoreThread(saved);
    python();
}

static void callback_while_attached(void) {
    make_sub();
    callback();
}

static void *two_thread_states(void *unused) {
    first = PyThreadState_New(main_interpreter);
    second = PyThreadState_New(sub);
    PyEval_AcquireThread(second);
    python();
    PyEval_SaveThread();
    PyGILState_STATE state = PyGILState_Ensure();
    python();
    say(PyGILState_GetThisThreadState() == first ? "first-state-used" : "another-state-used");
    PyGILState_Release(state);
    return unused;
}

static void *two_thread_states_sub_first(void *unused) {
    first = PyThreadState_New(sub);
    second = PyThreadState_New(main_interpreter);
    PyEval_AcquireThread(second);
    python();
    PyEval_SaveThread();
    PyGILState_STATE state = PyGILState_Ensure();
    python();
    say(PyGILState_GetThisThreadState() == first ? "first-state-used" : "another-state-used");
    PyGILState_Release(state);
    return unused;
}

static void end_then_ensure(void) {
    make_sub();
    Py_EndInterpreter(sub_state);
    callback();
}

static void end_swap_back_ensure(void) {
    make_sub();
    Py_EndInterpreter(sub_state);
    PyThreadState_Swap(main_state);
    PyThreadState *saved = PyEval_SaveThread();
    callback();
    PyEval_RestoreThread(saved);
}

static void ensure_swap_release(void) {
    make_sub();
    PyThreadState_Swap(main_state);
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState_Swap(sub_state);
    python();
    PyGILState_Release(state);
}

static void ensure_swap_back_release(void) {
    make_sub();
    PyThreadState_Swap(main_state);
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState_Swap(sub_state);
    python();
    PyThreadState_Swap(main_state);
    PyGILState_Release(state);
    python();
}

static void *just_a_callback(void *unused) {
    callback();
    say(PyGILState_GetThisThreadState() == NULL ? "slot-empty" : "slot-kept");
    return unused;
}

static PyObject *from_python_thread(PyObject *self, PyObject *unused) {
    (void)self; (void)unused;
    PyThreadState *saved = PyEval_SaveThread();
    callback();
    PyEval_RestoreThread(saved);
    python();
    Py_RETURN_NONE;
}
static PyMethodDef definition = {"from_python_thread", from_python_thread, METH_NOARGS, NULL};

static void python_started_thread(void) {
    make_sub();
    PyObject *globals = PyModule_GetDict(PyImport_AddModule("__main__"));
    PyDict_SetItemString(globals, "callback", PyCFunction_New(&definition, NULL));
    PyRun_SimpleString("import threading\nt = threading.Thread(target=callback)\nt.start()\nt.join()\n");
}

static void release_without_ensure(void) {
    PyGILState_Release(PyGILState_UNLOCKED);
    say(PyGILState_GetThisThreadState() == NULL ? "slot-empty" : "slot-kept");
    say(_PyThreadState_UncheckedGet() == NULL ? "nothing-current" : "still-current");
    PyGILState_STATE state = PyGILState_Ensure();
    python();
    say("GIL-was-free");
    PyGILState_Release(state);
}

static void *nested_detached(void *unused) {
    PyGILState_STATE state = PyGILState_Ensure();
    python();
    PyThreadState *saved = PyEval_SaveThread();
    callback();
    PyEval_RestoreThread(saved);
    python();
    PyGILState_Release(state);
    say(PyGILState_GetThisThreadState() == NULL ? "slot-empty" : "slot-kept");
    return unused;
}

static void *new_interpreter_inside_ensure(void *unused) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyThreadState *outer = PyThreadState_Get();
    python();
    make_sub();
    python();
    PyThreadState *saved = PyEval_SaveThread();
    callback();
    PyEval_RestoreThread(saved);
    Py_EndInterpreter(saved);
    PyThreadState_Swap(outer);
    PyGILState_Release(state);
    return unused;
}

static void *handed_over(void *unused) {
    first = PyThreadState_New(main_interpreter);
    PyEval_AcquireThread(first);
    python();
    PyThreadState_Clear(first);
    PyThreadState_DeleteCurrent();
    second = PyThreadState_New(sub);
    callback();
    return unused;
}

static void *attach_anothers(void *unused) {
    PyEval_AcquireThread(main_state);
    python();
    callback();
    PyEval_ReleaseThread(main_state);
    return unused;
}

static void attach_twice(void) { PyEval_AcquireThread(main_state); }

static void make_sub_and_swap_back(void) {
    make_sub();
    PyThreadState_Swap(main_state);
}

int main(int count, char **arguments) {
    const char *probe = count > 1 ? arguments[1] : "";
    signal(SIGALRM, on_alarm);
    Py_Initialize();
#if PY_VERSION_HEX < 0x03070000
    PyEval_InitThreads(); /* before 3.7 there is no GIL until somebody asks for it; the model starts with it */
#endif
    main_state = PyThreadState_Get();
    main_interpreter = main_state->interp;
    printf("%s:", probe);
    fflush(stdout);
    alarm(3);
    if (!strcmp(probe, "same-thread-callback")) same_thread_callback();
    else if (!strcmp(probe, "callback-while-attached")) callback_while_attached();
    else if (!strcmp(probe, "two-thread-states")) { make_sub_and_swap_back(); on_foreign_thread(two_thread_states); }
    else if (!strcmp(probe, "two-thread-states-sub-first")) { make_sub_and_swap_back(); on_foreign_thread(two_thread_states_sub_first); }
    else if (!strcmp(probe, "end-then-ensure")) end_then_ensure();
    else if (!strcmp(probe, "end-swap-back-ensure")) end_swap_back_ensure();
    else if (!strcmp(probe, "ensure-swap-release")) ensure_swap_release();
    else if (!strcmp(probe, "ensure-swap-back-release")) ensure_swap_back_release();
    else if (!strcmp(probe, "fresh-thread")) { make_sub(); on_foreign_thread(just_a_callback); }
    else if (!strcmp(probe, "python-started-thread")) python_started_thread();
    else if (!strcmp(probe, "release-without-ensure")) release_without_ensure();
    else if (!strcmp(probe, "nested-detached")) on_foreign_thread(nested_detached);
    else if (!strcmp(probe, "new-interpreter-inside-ensure")) on_foreign_thread(new_interpreter_inside_ensure);
    else if (!strcmp(probe, "handed-over")) { make_sub_and_swap_back(); on_foreign_thread(handed_over); }
    else if (!strcmp(probe, "attach-anothers")) on_foreign_thread(attach_anothers);
    else if (!strcmp(probe, "attach-twice")) attach_twice();
    else { fprintf(stderr, "no such probe: %s\n", probe); return 2; }
    printf(" ends\n");
    fflush(stdout);
    _exit(0);
}
