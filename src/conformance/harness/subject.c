/* The subject: threads that wait for the baton, make one call, and wait again; what a thread sees; how a death is told. */
#include "harness.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

__thread struct worker *self;

/* Set while a thread only looks: a bad pointer must then not end the process. */
static __thread int is_looking;
static __thread sigjmp_buf look_failed;

static pthread_key_t leaving_key;

/* ---- the baton ----------------------------------------------------------------------------------------------------------------- */

static void observe(struct worker *worker)
{
    worker->knows_current = worker->knows_slot = 0;
    is_looking = 1;
    if (!sigsetjmp(look_failed, 1))
        worker->current = current_state(&worker->knows_current);
    if (!sigsetjmp(look_failed, 1))
        worker->slot = this_thread_slot(&worker->knows_slot);
    is_looking = 0;
}

static int32_t read_int(uint64_t object, int32_t offset)
{
    return *(const volatile int32_t *)(object + (uint64_t)offset);
}

static void look_at_state(struct seen_state *seen, char *state)
{
    const struct layout *layout = &shared->layout;
    seen->pointer = (uint64_t)state;
    seen->counter = seen->ensure_counter = UNKNOWN;
    if (layout->counter >= 0)
        seen->counter = read_int(seen->pointer, layout->counter);
    if (layout->ensure_counter >= 0)
        seen->ensure_counter = read_int(seen->pointer, layout->ensure_counter) - layout->ensure_counter_base;
}

/* Once no guard may be opened any more, the number is below that without guards. */
static int32_t read_guards(uint64_t interpreter)
{
    const struct layout *layout = &shared->layout;
    int32_t guards = (read_int(interpreter, layout->guards) - layout->guards_base) / layout->guards_unit;
    return guards < 0 ? 0 : guards;
}

static void look_at_interpreter(struct seen_interpreter *seen, void *interpreter)
{
    const struct layout *layout = &shared->layout;
    seen->pointer = (uint64_t)interpreter;
    seen->gil = 0;
    seen->gil_locked = seen->guards = UNKNOWN;
    if (layout->guards >= 0)
        seen->guards = read_guards(seen->pointer);
    if (layout->locked_address) {
        seen->gil = layout->locked_address;
        seen->gil_locked = read_int(layout->locked_address, 0);
    } else if (layout->gil_pointer >= 0) {
        seen->gil = *(uint64_t *)(seen->pointer + (uint64_t)layout->gil_pointer);
        if (seen->gil)
            seen->gil_locked = read_int(seen->gil, layout->gil_locked);
    }
    seen->state_count = 0;
    for (void *state = python.thread_head(interpreter); state && seen->state_count < MAX_STATES; state = python.state_next(state)) {
        look_at_state(&seen->states[seen->state_count], state);
        seen->state_count++;
    }
}

/* Reads the runtime's lists. Takes no lock, and needs none: while this thread runs, no other does. */
static void walk(void)
{
    shared->walk_is_complete = 0;
    shared->interpreter_count = 0;
    is_looking = 1;
    if (!sigsetjmp(look_failed, 1)) {
        void *interpreter = python.interpreter_head();
        for (; interpreter && shared->interpreter_count < MAX_INTERPRETERS; interpreter = python.interpreter_next(interpreter)) {
            look_at_interpreter(&shared->interpreters[shared->interpreter_count], interpreter);
            shared->interpreter_count++;
        }
        shared->walk_is_complete = 1;
    }
    is_looking = 0;
}

/* Takes commands until one of them is to return. */
static void serve(struct worker *worker)
{
    for (;;) {
        /* Read before the thread can be given anything. */
        uint32_t seen = atomic_load(&worker->go);
        atomic_store(&worker->state, WORKER_PARKED);
        tell_event();
        while (atomic_load(&worker->go) == seen)
            futex_wait(&worker->go, seen, -1);
        switch ((enum command)worker->command) {
        case COMMAND_OBSERVE:
            observe(worker);
            break;
        case COMMAND_WALK:
            walk();
            break;
        case COMMAND_RETURN:
            return;
        case COMMAND_CALL:
            worker->report = REPORT_NONE;
            worker->result = perform_call(worker);
            worker->report = REPORT_RETURNED;
            break;
        }
    }
}

/* ---- threads ------------------------------------------------------------------------------------------------------------------- */

int worker_number(const struct worker *worker)
{
    if (worker < shared->workers || worker >= shared->workers + MAX_WORKERS)
        return -1;
    return (int)(worker - shared->workers);
}

/* A fault must be told even by a thread whose stack is used up. */
static void use_signal_stack(void)
{
    stack_t stack = { .ss_size = 64 * 1024 };
    stack.ss_sp = malloc(stack.ss_size);
    if (stack.ss_sp)
        sigaltstack(&stack, NULL);
}

static void become(struct worker *worker)
{
    use_signal_stack();
    self = worker;
    worker->tid = (int32_t)syscall(SYS_gettid);
    /* Any value but NULL makes the key's destructor run when the thread ends. */
    pthread_setspecific(leaving_key, worker);
}

static void leave(void *worker)
{
    atomic_store(&((struct worker *)worker)->state, WORKER_LEAVING);
    tell_event();
}

void wait_inside(const char *where)
{
    struct worker *worker = self;
    if (!worker) {
        int number = atomic_fetch_add(&shared->worker_count, 1);
        if (number >= MAX_WORKERS)
            abort();
        worker = &shared->workers[number];
        snprintf(worker->name, NAME_SIZE, "%s", where);
        worker->is_python_thread = 1;
        become(worker);
        where = "thread body";
    }
    /* The call that led here goes on after this wait. */
    int call = worker->call, step = worker->step, every_block = guard_every_block;
    guard_every_block = 0;
    worker->depth++;
    snprintf(worker->inside, NAME_SIZE, "%s", where);
    worker->report = REPORT_INSIDE;
    serve(worker);
    worker->report = REPORT_NONE;
    worker->depth--;
    worker->call = call;
    worker->step = step;
    guard_every_block = every_block;
}

static void *thread_body(void *worker)
{
    become(worker);
    serve(worker);
    return NULL;
}

static void start_thread(struct worker *worker)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, thread_body, worker))
        abort();
    pthread_detach(thread);
}

void run_subject(void)
{
    pthread_key_create(&leaving_key, leave);
    catch_signals();
    start_thread(&shared->observer);
    for (int i = 1; i < shared->thread_count; i++)
        start_thread(&shared->workers[i]);
    thread_body(&shared->workers[0]);
    _exit(0);
}

/* ---- death --------------------------------------------------------------------------------------------------------------------- */

static void on_fault(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (is_looking && number != SIGABRT)
        siglongjmp(look_failed, 1);
    struct fault *fault = &shared->fault;
    if (!fault->signal) {
        fault->signal = number;
        fault->worker = worker_number(self);
        fault->address = number == SIGABRT ? 0 : (uint64_t)info->si_addr;
        if (!fault->is_double_free)
            guard_explain(fault->address, fault);
    }
    /* Back to the instruction that faulted, which now kills; abort() raises again by itself. */
    signal(number, SIG_DFL);
}

void catch_signals(void)
{
    static const int numbers[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
    struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaction(numbers[i], &action, NULL);
}
