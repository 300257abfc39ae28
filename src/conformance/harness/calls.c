/* The calls a schedule may make. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

/* ---- calls that are more than a C function --------------------------------------------------------------------------------------- */

static uint64_t do_initialize(struct worker *worker)
{
    (void)worker;
    /* A second call changes nothing, and must not prepare again. */
    int was_initialized = python.interpreter_head() != NULL;
    if (was_initialized)
        python.initialize(0);
    else
        initialize_python(0);
    return 0;
}

static uint64_t do_new_interpreter(struct worker *worker)
{
    (void)worker;
    void *state = python.new_interpreter();
    if (state)
        prepare_interpreter(interpreter_of(state));
    return (uint64_t)state;
}

/* PyInterpreterConfig and PyStatus, the same from 3.12 to 3.15. */
struct interpreter_config {
    int use_main_obmalloc, allow_fork, allow_exec, allow_threads, allow_daemon_threads, check_multi_interp_extensions, gil;
};
struct status {
    int type;
    const char *function, *message;
    int exit_code;
};
enum { OWN_GIL = 2 };

static uint64_t do_new_interpreter_with_own_gil(struct worker *worker)
{
    (void)worker;
    struct status (*create)(void **, const struct interpreter_config *) =
        (struct status (*)(void **, const struct interpreter_config *))symbol("Py_NewInterpreterFromConfig");
    struct interpreter_config config = { .allow_threads = 1, .allow_daemon_threads = 1, .check_multi_interp_extensions = 1, .gil = OWN_GIL };
    void *state = NULL;
    create(&state, &config);
    if (state)
        prepare_interpreter(interpreter_of(state));
    return (uint64_t)state;
}

static uint64_t do_run_python(struct worker *worker)
{
    (void)worker;
    told = 0;
    python.run_string("_tell(_interpreter)\n", NULL);
    return told;
}

/* Runs Python text in which %s is the worker's text; 1 if it raised nothing. */
static uint64_t run_text(const char *format, const char *text)
{
    char code[1024];
    snprintf(code, sizeof code, format, text);
    return python.run_string(code, NULL) == 0;
}

static uint64_t do_start_python_thread(struct worker *worker)
{
    return run_text("try: import _thread\nexcept ImportError: import thread as _thread\n_thread.start_new_thread(_park, ('%s',))\n",
                    worker->text);
}

static uint64_t do_start_threading_thread(struct worker *worker)
{
    return run_text("import threading\nthreading.Thread(target=_park, args=('%s',)).start()\n", worker->text);
}

static uint64_t do_start_daemon_thread(struct worker *worker)
{
    return run_text("import threading\n_thread = threading.Thread(target=_park, args=('%s',))\n_thread.daemon = True\n_thread.start()\n",
                    worker->text);
}

static uint64_t do_register_atexit(struct worker *worker)
{
    (void)worker;
    return run_text("import atexit\natexit.register(_park, '%s')\n", "atexit callback");
}

/*
 * `_park` as a default argument: builtins may be gone when the finalizer runs. A namespace of its own: otherwise the object would keep
 * that of the module alive, and with it what else was left there.
 */
#define FINALIZABLE                                                   \
    "_space = {'_park': _park}\n"                                     \
    "exec('''class Finalizable(object):\n"                            \
    "    def __init__(self, where): self.where = where\n"             \
    "    def __del__(self, _park=_park): _park(self.where)''', _space)\n"

static uint64_t do_leave_object(struct worker *worker)
{
    char number[16];
    snprintf(number, sizeof number, "%d", worker->step);
    return run_text(FINALIZABLE "_left_%s = _space['Finalizable']('finalizer')\ndel _space\n", number);
}

static uint64_t do_leave_object_in_state(struct worker *worker)
{
    char key[32];
    snprintf(key, sizeof key, "_left_%d", worker->step);
    if (!run_text(FINALIZABLE "%s = _space['Finalizable']('thread state finalizer')\ndel _space\n", "_left_in_state"))
        return 0;
    void *module = python.add_module("__main__");
    void *object = python.get_attribute(module, "_left_in_state");
    void *dictionary = python.state_dictionary();
    if (object && dictionary)
        python.set_item(dictionary, key, object);
    if (object)
        python.drop_reference(object);
    return run_text("del %s\n", "_left_in_state");
}

/* Where it is refused it leaves an exception, which is not the caller's: a debug build finds it when the callback returns. */
static uint64_t do_guard_from_current(struct worker *worker)
{
    (void)worker;
    uint64_t (*function)(void) = (uint64_t (*)(void))symbol("PyInterpreterGuard_FromCurrent");
    uint64_t guard = function();
    if (!guard)
        ((void (*)(void))symbol("PyErr_Clear"))();
    return guard;
}

/* ---- the table ------------------------------------------------------------------------------------------------------------------ */

struct call calls[] = {
    { "PyGILState_Ensure", KIND_NONE, KIND_GILSTATE, 0, NULL, NULL, NULL },
    { "PyGILState_Release", KIND_GILSTATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyGILState_Check", KIND_NONE, KIND_NUMBER, 0, NULL, NULL, NULL },
    { "PyGILState_GetThisThreadState", KIND_NONE, KIND_STATE, 0, NULL, NULL, NULL },
    { "PyThreadState_New", KIND_INTERPRETER, KIND_STATE, 0, NULL, NULL, NULL },
    { "PyThreadState_Clear", KIND_STATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyThreadState_Delete", KIND_STATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyThreadState_DeleteCurrent", KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyThreadState_Get", KIND_NONE, KIND_STATE, 0, NULL, NULL, NULL },
    { "PyThreadState_Swap", KIND_STATE, KIND_STATE, 0, NULL, NULL, NULL },
    { "PyEval_SaveThread", KIND_NONE, KIND_STATE, 0, NULL, NULL, NULL },
    { "PyEval_RestoreThread", KIND_STATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_AcquireThread", KIND_STATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_ReleaseThread", KIND_STATE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_AcquireLock", KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_ReleaseLock", KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_InitThreads", KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyEval_ThreadsInitialized", KIND_NONE, KIND_NUMBER, 0, NULL, NULL, NULL },
    { "PyInterpreterState_New", KIND_NONE, KIND_INTERPRETER, CALL_MAKES_INTERPRETER, NULL, NULL, NULL },
    { "PyInterpreterState_Clear", KIND_INTERPRETER, KIND_NONE, CALL_IS_HEAVY, NULL, NULL, NULL },
    { "PyInterpreterState_Delete", KIND_INTERPRETER, KIND_NONE, CALL_IS_HEAVY, NULL, NULL, NULL },
    { "Py_NewInterpreter", KIND_NONE, KIND_STATE, CALL_MAKES_INTERPRETER | CALL_IS_HEAVY, do_new_interpreter, "Py_NewInterpreter", NULL },
    { "new interpreter with its own GIL", KIND_NONE, KIND_STATE, CALL_MAKES_INTERPRETER | CALL_IS_HEAVY, do_new_interpreter_with_own_gil,
      "Py_NewInterpreterFromConfig", NULL },
    { "Py_EndInterpreter", KIND_STATE, KIND_NONE, CALL_IS_HEAVY, NULL, NULL, NULL },
    { "Py_Initialize", KIND_NONE, KIND_NONE, CALL_IS_HEAVY, do_initialize, NULL, NULL },
    { "Py_FinalizeEx", KIND_NONE, KIND_NONE, CALL_IS_HEAVY, NULL, NULL, NULL },
    { "Py_IsInitialized", KIND_NONE, KIND_NUMBER, 0, NULL, NULL, NULL },
    { "Py_IsFinalizing", KIND_NONE, KIND_NUMBER, 0, NULL, NULL, NULL },
    { "PyInterpreterGuard_FromCurrent", KIND_NONE, KIND_GUARD, 0, do_guard_from_current, "PyInterpreterGuard_FromCurrent", NULL },
    { "PyInterpreterGuard_FromView", KIND_VIEW, KIND_GUARD, 0, NULL, NULL, NULL },
    { "PyInterpreterGuard_Close", KIND_GUARD, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyInterpreterView_FromCurrent", KIND_NONE, KIND_VIEW, 0, NULL, NULL, NULL },
    { "PyInterpreterView_FromMain", KIND_NONE, KIND_VIEW, 0, NULL, NULL, NULL },
    { "PyInterpreterView_Close", KIND_VIEW, KIND_NONE, 0, NULL, NULL, NULL },
    { "PyThreadState_Ensure", KIND_GUARD, KIND_TOKEN, 0, NULL, NULL, NULL },
    { "PyThreadState_EnsureFromView", KIND_VIEW, KIND_TOKEN, 0, NULL, NULL, NULL },
    { "PyThreadState_Release", KIND_TOKEN, KIND_NONE, 0, NULL, NULL, NULL },
    { "run Python", KIND_NONE, KIND_INTERPRETER, CALL_IS_HEAVY, do_run_python, NULL, NULL },
    { "start a Python thread", KIND_NONE, KIND_OS_THREAD, CALL_IS_HEAVY | CALL_STARTS_THREAD, do_start_python_thread, NULL, NULL },
    { "start a threading thread", KIND_NONE, KIND_OS_THREAD, CALL_IS_HEAVY | CALL_STARTS_THREAD, do_start_threading_thread, NULL, NULL },
    { "start a daemon thread", KIND_NONE, KIND_OS_THREAD, CALL_IS_HEAVY | CALL_STARTS_THREAD, do_start_daemon_thread, NULL, NULL },
    { "register an atexit callback", KIND_NONE, KIND_NONE, CALL_IS_HEAVY, do_register_atexit, NULL, NULL },
    { "leave an object with a finalizer", KIND_NONE, KIND_NONE, CALL_IS_HEAVY, do_leave_object, NULL, NULL },
    { "leave an object in the thread state", KIND_NONE, KIND_NONE, CALL_IS_HEAVY, do_leave_object_in_state, NULL, NULL },
    { "return", KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
    { NULL, KIND_NONE, KIND_NONE, 0, NULL, NULL, NULL },
};

int find_call(const char *name)
{
    for (int i = 0; calls[i].name; i++)
        if (!strcmp(calls[i].name, name))
            return i;
    return -1;
}

int call_is_available(int call)
{
    if (!strcmp(calls[call].name, "return"))
        return 1;
    if (!calls[call].perform)
        return calls[call].function != NULL;
    return !calls[call].symbol || symbol(calls[call].symbol);
}

/* A result of 32 bits leaves the upper half of the register undefined. */
static uint64_t cut(enum kind kind, uint64_t result)
{
    return kind == KIND_NUMBER || kind == KIND_GILSTATE ? (uint64_t)(int64_t)(int32_t)result : result;
}

uint64_t perform_call(struct worker *worker)
{
    const struct call *call = &calls[worker->call];
    int known;
    uint64_t argument = worker->argument_is_current ? current_state(&known) : worker->argument;
    guard_every_block = !(call->flags & CALL_IS_HEAVY);
    /* All operands and results are integers or pointers, so one signature calls them all. */
    uint64_t (*function)(uint64_t) = (uint64_t (*)(uint64_t))call->function;
    uint64_t result = call->perform ? call->perform(worker) : cut(call->result, function(argument));
    guard_every_block = 0;
    return result;
}

/* ---- finding the functions ------------------------------------------------------------------------------------------------------- */

void resolve_calls(void)
{
    for (int i = 0; calls[i].name; i++)
        if (!calls[i].perform)
            calls[i].function = symbol(calls[i].name);
    /* The same functions before they had these names. */
    int finalize = find_call("Py_FinalizeEx"), is_finalizing = find_call("Py_IsFinalizing");
    calls[finalize].function = calls[finalize].function ? calls[finalize].function : symbol("Py_Finalize");
    calls[is_finalizing].function = calls[is_finalizing].function ? calls[is_finalizing].function : symbol("_Py_IsFinalizing");
}
