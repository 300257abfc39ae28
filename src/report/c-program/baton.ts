/** What every program begins with. `STEPS` is the number of steps. */
export const batonText = String.raw`/* Handlers of signals may run at any moment: they only look at these and write. */
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
`

export const waitText = `static void wait_until(const volatile sig_atomic_t *flag)
{
    pthread_mutex_lock(&mutex);
    while (!*flag)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
}
`

export const letGoText = `/* The call of this step, which comes now, is expected to wait: the next one need not wait for it. */
static void let_go(int step)
{
    set(&is_let_go[step], step + 1);
}
`

export const restText = `/* The calls of this thread are over. */
static void rest(void)
{
    for (;;)
        pause();
}
`

/** Runs Python code that says in which interpreter it runs. */
export const runPythonText = String.raw`/* Gives the current interpreter a number that Python code sees. */
static void mark_interpreter(int number)
{
    char line[60];
    snprintf(line, sizeof line, "interpreter = %d\n", number);
    PyRun_SimpleString(line);
}
`

export const runLineText = String.raw`/* Runs a line of Python; the number of the interpreter that it runs in, 0 being the main one. */
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
`

/** What `_thread.start_new_thread` and `threading.Thread` start. */
export const startThreadText = `static void start_python_thread(PyMethodDef *method)
{
#if PY_MAJOR_VERSION >= 3
    PyObject *module = PyImport_ImportModule("_thread");
#else
    PyObject *module = PyImport_ImportModule("thread");
#endif
    PyObject *function = PyCFunction_New(method, NULL);
    PyObject *result = PyObject_CallMethod(module, (char *)"start_new_thread", (char *)"O()", function);
    if (result == NULL)
        PyErr_Print();
    Py_XDECREF(result);
    Py_XDECREF(function);
    Py_XDECREF(module);
}
`

export const startThreadingText = String.raw`static void start_threading_thread(PyMethodDef *method, int is_daemon)
{
    PyObject *function = PyCFunction_New(method, NULL);
    PyObject_SetAttrString(PyImport_AddModule("__main__"), "_body", function);
    Py_XDECREF(function);
    PyRun_SimpleString("import threading\n_thread = threading.Thread(target=_body)\n");
    PyRun_SimpleString(is_daemon ? "_thread.daemon = True\n_thread.start()\n" : "_thread.start()\n");
}
`

export const ownGilText = `/* An interpreter with a GIL of its own (3.12). */
static PyThreadState *new_interpreter_with_own_gil(void)
{
    PyThreadState *made = NULL;
    PyInterpreterConfig config;
    memset(&config, 0, sizeof config);
    config.allow_threads = 1;
    config.allow_daemon_threads = 1;
    config.check_multi_interp_extensions = 1;
    config.gil = PyInterpreterConfig_OWN_GIL;
    Py_NewInterpreterFromConfig(&made, &config);
    return made;
}
`

/** Walks over all thread states; in lockstep nobody changes the lists meanwhile. */
export const listsText = `/* Calls a function for every thread state that some interpreter lists; nobody changes the lists meanwhile. */
static int count_states(int (*counts)(PyThreadState *, const void *), const void *what)
{
    PyInterpreterState *interpreter;
    PyThreadState *state;
    int count = 0;
    for (interpreter = PyInterpreterState_Head(); interpreter != NULL; interpreter = PyInterpreterState_Next(interpreter))
        for (state = PyInterpreterState_ThreadHead(interpreter); state != NULL; state = PyThreadState_Next(state))
            count += counts(state, what);
    return count;
}
`
