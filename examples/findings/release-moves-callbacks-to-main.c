/*
 * CPython 3.15: after PyThreadState_Ensure and PyThreadState_Release, PyGILState_Ensure picks another interpreter than before.
 *
 * A thread works in a sub-interpreter with its own GIL and has let go of its thread state (Py_BEGIN_ALLOW_THREADS). A callback that uses
 * PyGILState_Ensure, as that of many an extension, runs in the sub-interpreter (since 3.12). Then another library calls
 *
 *     token = PyThreadState_EnsureFromView(view_of_main);
 *     PyThreadState_Release(token);
 *
 * and from then on the same callback runs in the main interpreter, under the main GIL, with objects of the sub-interpreter.
 * The documentation says of PyThreadState_Ensure that its effect "will be reversed by the matching call to PyThreadState_Release".
 *
 * Why: as in release-forgets-the-thread-state.c, the temporary thread state takes the thread's slot when it is attached, and leaves it
 * empty when it is deleted; with an empty slot, PyGILState_Ensure makes a thread state of the main interpreter. Python/pystate.c (3.15).
 *
 * cc release-moves-callbacks-to-main.c $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <stdio.h>

static long long interpreter_of_callback(const char *when)
{
    PyGILState_STATE state = PyGILState_Ensure();
    long long id = PyInterpreterState_GetID(PyInterpreterState_Get());
    PyGILState_Release(state);
    printf("%-24s a callback runs in interpreter %lld\n", when, id);
    return id;
}

int main(void)
{
    const PyInterpreterConfig with_own_gil = {
        .use_main_obmalloc = 0,
        .allow_threads = 1,
        .check_multi_interp_extensions = 1,
        .gil = PyInterpreterConfig_OWN_GIL,
    };
    Py_Initialize();
    PyInterpreterView *view_of_main = PyInterpreterView_FromMain();
    PyThreadState *sub;
    if (!view_of_main || PyStatus_Exception(Py_NewInterpreterFromConfig(&sub, &with_own_gil)))
        return 2;
    long long own = PyInterpreterState_GetID(PyThreadState_GetInterpreter(sub));

    PyEval_SaveThread();
    long long before = interpreter_of_callback("at first:");
    PyThreadStateToken *token = PyThreadState_EnsureFromView(view_of_main);
    if (!token)
        return 2;
    PyThreadState_Release(token);
    long long after = interpreter_of_callback("after Ensure, Release:");
    return before != own ? 2 : after != own ? 0 : 1;
}
