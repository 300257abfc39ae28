/*
 * callback on design: thread state used by the wrong interpreter.
 *
 * A thread calls back into sub and runs in main.
 *
 * Promised: Python code runs with a thread state of the interpreter it belongs to.
 *
 * Found in a model of CPython 3.2. Exit status: 0 if the failure shows, 1 if it does not.
 *
 * Compile: cc FILE.c $(python3-config --embed --cflags --ldflags) -lpthread
 * Replay: gilproof replay gp1:design.reading:callback:runs-in-its-interpreter:1.2.1:0123456789ab:00:1234 --python
 * PYTHON
 */

#include <Python.h>
#include <pythread.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEPS = 4 };

/* Handlers of signals may run at any moment: they only look at these and write. */
static volatile sig_atomic_t step_now;

static void tell(const char *text)
{
    if (write(STDOUT_FILENO, text, strlen(text)) < 0)
        _exit(2);
}

static void judge(int shows, const char *what)
{
    tell(what);
    tell(shows ? ": the failure shows\n" : ": the failure does not show\n");
    _exit(shows ? 0 : 1);
}

/* The baton: step n begins when next_step is n, and all before it have come back or wait. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int next_step = 1;
static volatile sig_atomic_t is_let_go[STEPS + 1];
static volatile sig_atomic_t has_come_back[STEPS + 1];

static void pause_for(long milliseconds)
{
    struct timespec time;
    time.tv_sec = milliseconds / 1000;
    time.tv_nsec = milliseconds % 1000 * 1000000;
    nanosleep(&time, NULL);
}

static void set(volatile sig_atomic_t *flag, int next)
{
    pthread_mutex_lock(&mutex);
    *flag = 1;
    if (next > next_step)
        next_step = next;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

/* Waits for the turn of a step and tells what is called. */
static void turn(int step, const char *says)
{
    char line[200];
    pthread_mutex_lock(&mutex);
    while (next_step != step)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
    if (is_let_go[step - 1]) {
        pause_for(300);
        if (has_come_back[step - 1])
            judge(0, "a call that was to wait came back at once");
    }
    step_now = step;
    snprintf(line, sizeof line, "step %d: %s\n", step, says);
    tell(line);
}

/* The call of this step has come back. */
static void done(int step)
{
    set(&has_come_back[step], step + 1);
}

static void wait_until(const volatile sig_atomic_t *flag)
{
    pthread_mutex_lock(&mutex);
    while (!*flag)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
}

/* The call of this step, which comes now, is expected to wait: the next one need not wait for it. */
static void let_go(int step)
{
    set(&is_let_go[step], step + 1);
}

/* The calls of this thread are over. */
static void rest(void)
{
    for (;;)
        pause();
}

/* Gives the current interpreter a number that Python code sees. */
static void mark_interpreter(int number)
{
    char line[60];
    snprintf(line, sizeof line, "interpreter = %d\n", number);
    PyRun_SimpleString(line);
}

/* Runs a line of Python; the number of the interpreter that it runs in, 0 being the main one. */
static long run_python(void)
{
    PyObject *module, *number;
    long result = -1;
    char line[60];
    if (PyRun_SimpleString("here = interpreter\n") != 0)
        return -1;
    module = PyImport_AddModule("__main__");
    number = module == NULL ? NULL : PyObject_GetAttrString(module, "here");
    if (number != NULL) {
        result = PyLong_AsLong(number);
        Py_DECREF(number);
    }
    snprintf(line, sizeof line, "        Python code runs in interpreter %ld\n", result);
    tell(line);
    return result;
}

/* Nothing has moved for a while. */
static void on_alarm(int number)
{
    (void)number;
    judge(0, "a call waits for ever");
}

static void on_death(int number)
{
    judge(0, number == SIGABRT ? "the process aborted" : "the process crashed");
}

static PyInterpreterState *main_interpreter;
static PyThreadState *sub_1;
static PyInterpreterState *interpreter_of_sub_1;
static PyGILState_STATE gstate_1;
static PyThreadState *saved_1;

static void *thread_1(void *unused)
{
    long here = -1;
    (void)unused;

    turn(2, "thread 1: PyGILState_Ensure() -> gstate_1");
    let_go(2);
    gstate_1 = PyGILState_Ensure();
    done(2);

    wait_until(&has_come_back[2]);
    turn(4, "thread 1: run Python that belongs to sub_1'");
    here = run_python();
    done(4);

    judge(here != 1, "the interpreter that the code ran in");
    (void)here;
    rest();
    return NULL;
}

int main(void)
{
    pthread_t thread;
    signal(SIGALRM, on_alarm);
    signal(SIGABRT, on_death);
    signal(SIGSEGV, on_death);
    signal(SIGBUS, on_death);
    alarm(10);
    Py_Initialize();
#if PY_VERSION_HEX < 0x03070000
    PyEval_InitThreads();
#endif
    main_interpreter = PyThreadState_Get()->interp;
    (void)main_interpreter;
    mark_interpreter(0);
    pthread_create(&thread, NULL, thread_1, NULL);

    turn(1, "main thread: Py_NewInterpreter() -> sub_1");
    sub_1 = Py_NewInterpreter();
    interpreter_of_sub_1 = sub_1->interp;
    mark_interpreter(1);
    done(1);

    turn(3, "main thread: PyEval_SaveThread() -> saved_1");
    saved_1 = PyEval_SaveThread();
    done(3);
    rest();
    return 2;
}
