/*
 * CPython 3.13 to 3.15: a thread of an interpreter with its own GIL cannot import most builtin or extension modules, nor create an
 * interpreter, while another thread holds the main interpreter's GIL.
 *
 * The documentation says of an interpreter with its own GIL that it "can execute Python code without being blocked by other interpreters
 * or blocking any others" (C API, "A Per-Interpreter GIL"). Here the main thread keeps the main GIL, as a long computation in C does, and a
 * thread of an own-GIL interpreter computes, imports and creates an interpreter. Only the computation ends before the main GIL is free.
 * If the holder of the main GIL waits for that thread, both wait for ever.
 *
 * Why: a module's PyInit function, whatever it returns, runs in the main interpreter first (switch_to_main_interpreter, called by
 * import_run_extension, Python/import.c). That lets go of the own GIL and takes the main one. Since 3.13 (gh-117953); 3.12 does not wait.
 *
 * cc own-gil-waits-for-the-main-gil.c -pthread $(python3.15-config --embed --cflags --ldflags) && ./a.out
 *
 * Exit status: 0 the failure shows, 1 it does not, 2 something else went wrong.
 */
#include <Python.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static const PyInterpreterConfig with_own_gil = {
    .use_main_obmalloc = 0,
    .allow_threads = 1,
    .check_multi_interp_extensions = 1,
    .gil = PyInterpreterConfig_OWN_GIL,
};

static PyInterpreterState *own;
static sem_t is_attached, may_start, is_done;

/* Runs in the interpreter with its own GIL; without code, creates an interpreter. */
static void *act(void *code)
{
    PyThreadState *state = PyThreadState_New(own);
    PyEval_RestoreThread(state);
    sem_post(&is_attached);
    sem_wait(&may_start);
    if (code) {
        PyRun_SimpleString(code);
    } else {
        PyThreadState *created;
        if (!PyStatus_Exception(Py_NewInterpreterFromConfig(&created, &with_own_gil)) && created)
            Py_EndInterpreter(created);
        PyThreadState_Swap(state);
    }
    sem_post(&is_done);
    PyThreadState_Clear(state);
    PyThreadState_DeleteCurrent();
    return NULL;
}

static int ends_within(int seconds)
{
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += seconds;
    return sem_timedwait(&is_done, &limit) == 0;
}

/* 1: it ends while the caller holds the main GIL; 0: only when that is free; -1: not even then. Called and left with the main GIL. */
static int ends_beside_main_gil(const char *what, const char *code)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, act, (void *)code) != 0)
        return -1;
    sem_wait(&is_attached);
    sem_post(&may_start);
    int ends = ends_within(5);
    PyThreadState *main_state = PyEval_SaveThread();
    if (!ends && !ends_within(20))
        return -1;
    pthread_join(thread, NULL);
    PyEval_RestoreThread(main_state);
    printf("%-28s %s\n", what, ends ? "ends while the main GIL is held" : "WAITS until the main GIL is free");
    fflush(stdout);
    return ends;
}

int main(void)
{
    sem_init(&is_attached, 0, 0);
    sem_init(&may_start, 0, 0);
    sem_init(&is_done, 0, 0);
    Py_Initialize();
    PyThreadState *main_state = PyThreadState_Get(), *first;
    if (PyStatus_Exception(Py_NewInterpreterFromConfig(&first, &with_own_gil)))
        return 2;
    own = first->interp;
    PyThreadState_Swap(main_state);

    int computes = ends_beside_main_gil("sum(range(1000))", "sum(range(1000))");
    int imports = ends_beside_main_gil("import atexit", "import atexit");
    int creates = ends_beside_main_gil("Py_NewInterpreterFromConfig", NULL);
    if (computes != 1 || imports < 0 || creates < 0)
        return 2;
    return !imports || !creates ? 0 : 1;
}
