/*
 * CPython 3.15: PyGILState_Ensure hangs for ever after Py_FinalizeEx and a new Py_Initialize.
 *
 * A native thread had a thread state when Py_FinalizeEx was called. Python is initialized again, and the thread calls PyGILState_Ensure.
 * Up to 3.14 it gets a new thread state. In 3.15 it never returns, though nothing is being finalized.
 * The documentation says that PyGILState_GetThisThreadState returns NULL "if the most recent thread state has been deleted"; it returns
 * the one of the first life.
 *
 * Why: the slot is a thread-local variable of the compiler since 3.15 (gh-131185), which nobody can empty for other threads. Before, it was
 * a key (Py_tss_t) that finalization deleted. The old thread state is marked as shutting down, so the thread that attaches it hangs.
 * Python/pystate.c.
 *
 * cc ensure-hangs-in-the-next-life.c -pthread $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static sem_t is_detached, is_alive_again, has_ensured;

static void *live_twice(void *unused)
{
    (void)unused;
    PyGILState_Ensure();
    PyEval_SaveThread();
    sem_post(&is_detached);
    sem_wait(&is_alive_again);
    printf("in the second life the thread %s a thread state\n", PyGILState_GetThisThreadState() ? "STILL has" : "does not have");
    fflush(stdout);
    PyGILState_STATE state = PyGILState_Ensure();
    PyGILState_Release(state);
    sem_post(&has_ensured);
    return NULL;
}

int main(void)
{
    sem_init(&is_detached, 0, 0);
    sem_init(&is_alive_again, 0, 0);
    sem_init(&has_ensured, 0, 0);
    Py_Initialize();
    PyThreadState *main_state = PyEval_SaveThread();
    pthread_t thread;
    if (pthread_create(&thread, NULL, live_twice, NULL) != 0)
        return 2;
    sem_wait(&is_detached);
    PyEval_RestoreThread(main_state);
    Py_FinalizeEx();

    Py_Initialize();
    PyEval_SaveThread();
    sem_post(&is_alive_again);
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 3;
    int is_late = sem_timedwait(&has_ensured, &limit) != 0;
    printf("PyGILState_Ensure %s\n", is_late ? "HANGS" : "returns");
    fflush(stdout);
    _exit(is_late ? 0 : 1);
}
