/*
 * CPython 3.15: PyThreadState_Release forgets the thread state of a detached thread.
 *
 * A thread that has let go of its thread state (Py_BEGIN_ALLOW_THREADS) calls into another interpreter and comes back:
 *
 *     token = PyThreadState_Ensure(guard_of_sub);
 *     PyThreadState_Release(token);
 *
 * The documentation promises that Release undoes what Ensure did. Nothing is attached afterwards, as before; but the thread is no longer
 * known to have a thread state: PyGILState_GetThisThreadState() returns NULL where it returned the thread state before. What the same
 * thread ensures next, in its own interpreter, gets a new thread state: threading.local, contextvars and the thread's name in tracebacks
 * are not those of the thread any more, until it attaches its own again.
 *
 * Why: attaching the temporary thread state puts it into the thread's slot (bind_gilstate_tstate), and deleting it empties the slot
 * (tstate_delete_common). Nobody puts back what was there. Python/pystate.c (3.15).
 *
 * cc release-forgets-the-thread-state.c $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <stdio.h>

static PyThreadState *remembered(const char *when)
{
    PyThreadState *state = PyGILState_GetThisThreadState();
    printf("%-44s the thread's own thread state is %s\n", when, state ? "known" : "NOT known");
    return state;
}

int main(void)
{
    Py_Initialize();
    PyThreadState *own = PyThreadState_Get();
    PyInterpreterGuard *guard_of_main = PyInterpreterGuard_FromCurrent();
    if (!Py_NewInterpreter())
        return 2;
    PyInterpreterGuard *guard_of_sub = PyInterpreterGuard_FromCurrent();
    PyThreadState_Swap(own);
    if (!guard_of_main || !guard_of_sub)
        return 2;

    PyEval_SaveThread();
    PyThreadState *before = remembered("after PyEval_SaveThread:");
    PyThreadStateToken *token = PyThreadState_Ensure(guard_of_sub);
    if (!token)
        return 2;
    PyThreadState_Release(token);
    PyThreadState *after = remembered("after Ensure and Release of another:");

    token = PyThreadState_Ensure(guard_of_main);
    if (!token)
        return 2;
    int is_own = PyThreadState_Get() == own;
    printf("%-44s runs with %s thread state\n", "after Ensure of its own interpreter:", is_own ? "its own" : "a SECOND");
    PyThreadState_Release(token);

    PyInterpreterGuard_Close(guard_of_sub);
    PyInterpreterGuard_Close(guard_of_main);
    return before == own && !after && !is_own ? 0 : 1;
}
