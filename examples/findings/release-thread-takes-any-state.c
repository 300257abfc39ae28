/*
 * CPython 3.13 to 3.15: PyEval_ReleaseThread no longer reports a wrong thread state.
 *
 * The documentation says that its argument "is only used to check that it represents the attached thread state --- if it isn't, a fatal
 * error is reported". Here a thread state that was never attached is given. Release builds accept it: the thread is detached, and the
 * thread state that was attached stays marked as attached and as the holder of the GIL. A debug build fails an assertion; 3.12 reports
 *
 *     Fatal Python error: PyEval_ReleaseThread: wrong thread state
 *
 * Why: PyEval_ReleaseThread (Python/ceval_gil.c) hands its argument to _PyThreadState_Detach, where only assertions look whether it is
 * the current one (detach_thread, Python/pystate.c). Since 3.13.
 *
 * cc release-thread-takes-any-state.c $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not (an error or, in a debug build, an assertion ends it), 2 something else went wrong.
 */
#include <Python.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { is_detached = 3, is_attached = 4 };

int main(void)
{
    pid_t child = fork();
    if (child == 0) {
        Py_Initialize();
        PyThreadState *wrong = PyThreadState_New(PyInterpreterState_Get());
        if (!wrong)
            _exit(2);
        PyEval_ReleaseThread(wrong);
        _exit(PyThreadState_GetUnchecked() ? is_attached : is_detached);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
        printf("the wrong thread state is reported\n");
        return 1;
    }
    if (!WIFEXITED(status) || (WEXITSTATUS(status) != is_detached && WEXITSTATUS(status) != is_attached))
        return 2;
    printf("the wrong thread state is ACCEPTED, and the thread is %s\n", WEXITSTATUS(status) == is_detached ? "detached" : "attached");
    return 0;
}
