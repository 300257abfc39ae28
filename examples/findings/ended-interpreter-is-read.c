/*
 * CPython 3.14 and 3.15: a thread that attaches the first thread state of an ended sub-interpreter reads freed memory instead of hanging.
 *
 * A native thread creates a sub-interpreter and waits without its thread state (Py_BEGIN_ALLOW_THREADS). The main thread calls
 * Py_FinalizeEx, which ends all sub-interpreters. While it destroys __main__ the native thread is back (Py_END_ALLOW_THREADS). The
 * documentation promises that "other threads that attempt to attach during finalization ... will enter a permanently blocked state". So it
 * is with a thread state that PyThreadState_New made; with the one that Py_NewInterpreter made the process crashes.
 *
 * Why: a thread state that still has a thread is counted, so that take_gil can read its state (_Py_THREAD_SHUTTING_DOWN) after it was
 * deleted. But the first thread state of an interpreter is not allocated: it is a part of the interpreter (_initial_thread), and is freed
 * with it. Python/pystate.c. Up to 3.13, Py_EndInterpreter reports a fatal error instead, "not the last thread".
 *
 * cc ended-interpreter-is-read.c -pthread $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { hangs = 3, returns = 4, unknown = 5 };

static sem_t is_detached, is_finalizing, is_back;

static void *wait_in_sub(void *uses_first)
{
    PyGILState_Ensure();
    PyThreadState *state = Py_NewInterpreter();
    if (!state)
        _exit(unknown);
    if (!uses_first) {
        state = PyThreadState_New(PyInterpreterState_Get());
        PyThreadState_Swap(state);
    }
    PyEval_SaveThread();
    sem_post(&is_detached);
    sem_wait(&is_finalizing);
    PyEval_RestoreThread(state);
    sem_post(&is_back);
    return NULL;
}

/* Runs in the main thread during Py_FinalizeEx, when the sub-interpreter has ended. Without the GIL, so nothing else keeps the thread. */
static void let_thread_attach(PyObject *capsule)
{
    (void)capsule;
    if (!Py_IsFinalizing())
        _exit(unknown);
    PyEval_SaveThread();
    sem_post(&is_finalizing);
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 2;
    _exit(sem_timedwait(&is_back, &limit) == 0 ? returns : hangs);
}

static void run(int uses_first)
{
    /* What is freed is overwritten: whether the failure shows does not depend on what else happens to be allocated. */
    mallopt(M_PERTURB, 0x5a);
    sem_init(&is_detached, 0, 0);
    sem_init(&is_finalizing, 0, 0);
    sem_init(&is_back, 0, 0);
    Py_Initialize();
    PyThreadState *main_state = PyEval_SaveThread();
    pthread_t thread;
    if (pthread_create(&thread, NULL, wait_in_sub, uses_first ? &is_back : NULL) != 0)
        _exit(unknown);
    sem_wait(&is_detached);
    PyEval_RestoreThread(main_state);
    PyObject *capsule = PyCapsule_New(&is_back, NULL, let_thread_attach);
    if (!capsule || PyObject_SetAttrString(PyImport_AddModule("__main__"), "late", capsule) != 0)
        _exit(unknown);
    Py_DECREF(capsule);
    Py_FinalizeEx();
    _exit(unknown);
}

/* In a process of its own, for it may crash. */
static int outcome(int uses_first)
{
    pid_t child = fork();
    if (child == 0)
        run(uses_first);
    int status = 0;
    waitpid(child, &status, 0);
    int result = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    printf("attaching %-40s ", uses_first ? "the interpreter's first thread state:" : "a later thread state:");
    if (result < 0)
        printf("CRASHES with signal %d\n", -result);
    else
        printf("%s\n", result == hangs ? "hangs, as documented" : result == returns ? "RETURNS" : "unknown");
    fflush(stdout);
    return result;
}

int main(void)
{
    int later = outcome(0), first = outcome(1);
    if (later != hangs || first == unknown)
        return 2;
    return first == hangs ? 1 : 0;
}
