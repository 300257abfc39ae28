/*
 * CPython 3.13 to 3.15: Py_FinalizeEx in another thread than the main one clears the thread state that it runs with.
 *
 * The documentation says of Py_FinalizeEx that "it should be called in the same thread" as Py_Initialize. The code means to bear with
 * others, and in 3.12 does. Here a thread that PyGILState_Ensure attached to the main interpreter sets a context variable and calls
 * Py_FinalizeEx; the destructor of an object in __main__ asks for the variable. It is gone, and so are the thread's threading.local values.
 * A debug build aborts: Assertion `_PyThreadState_GET() == tstate' failed. 3.13 frees the thread state, too.
 *
 * Why: off the main thread, resolve_final_tstate (Python/pylifecycle.c) returns the main thread's state unless a sub-interpreter is active,
 * and does not attach it. What is attached then counts as one of the others: _PyThreadState_RemoveExcept takes it off the list, and
 * _PyThreadState_DeleteList clears it. Since 3.13.
 *
 * cc finalize-clears-its-own-thread-state.c -pthread $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { is_kept = 3, is_lost = 4, is_unknown = 5 };

static PyObject *variable;

/* Runs while Py_FinalizeEx takes __main__ apart. Says how it is at once: a 3.13 may not get to the end. */
static void ask_late(PyObject *capsule)
{
    (void)capsule;
    PyObject *value = NULL;
    if (PyContextVar_Get(variable, NULL, &value) != 0)
        _exit(is_unknown);
    _exit(value ? is_kept : is_lost);
}

static void *finalize(void *is_other)
{
    if (is_other)
        PyGILState_Ensure();
    variable = PyContextVar_New("variable", NULL);
    PyObject *capsule = PyCapsule_New(&variable, NULL, ask_late);
    if (variable && capsule && PyContextVar_Set(variable, Py_True)
        && PyObject_SetAttrString(PyImport_AddModule("__main__"), "late", capsule) == 0) {
        Py_DECREF(capsule);
        Py_FinalizeEx();
    }
    _exit(is_unknown);
}

/* In a process of its own, for a debug build aborts. */
static int status_of(int is_other)
{
    pid_t child = fork();
    if (child == 0) {
        alarm(30);
        Py_Initialize();
        if (!is_other)
            finalize(NULL);
        PyEval_SaveThread();
        pthread_t thread;
        pthread_create(&thread, NULL, finalize, &variable);
        pthread_join(thread, NULL);
        _exit(is_unknown);
    }
    int status = 0;
    waitpid(child, &status, 0);
    int result = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    const char *says = result == is_kept ? "kept" : result == is_lost ? "LOST" : result < 0 ? "LOST with the process" : "unknown";
    printf("Py_FinalizeEx in %-16s the context variable is %s\n", is_other ? "another thread:" : "the main thread:", says);
    fflush(stdout);
    return result;
}

int main(void)
{
    int in_main = status_of(0), in_other = status_of(1);
    if (in_main != is_kept || in_other == is_unknown)
        return 2;
    return in_other == is_kept ? 1 : 0;
}
