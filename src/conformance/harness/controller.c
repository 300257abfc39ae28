/* The controller: runs a schedule, step by step. */
#include "harness.h"

#include <string.h>

enum { START_CAP = 10000, CAP_AFTER_TIME_OUT = 200 }; /* milliseconds */

static int cap; /* of this schedule's next step, in milliseconds */

/* ---- what has become of the threads ---------------------------------------------------------------------------------------------------- */

struct thread *add_thread(const char *name)
{
    if (schedule.thread_count == MAX_WORKERS)
        return NULL;
    struct thread *thread = &schedule.threads[schedule.thread_count++];
    *thread = (struct thread){ .pending = -1, .call_step = -1, .finished = -1, .rest = REST_RUNNING };
    snprintf(thread->name, NAME_SIZE, "%s", name);
    return thread;
}

/* Workers that have come by themselves: Python threads that have reached Python code. */
static void meet_workers(void)
{
    for (int i = 0; i < shared->worker_count && i < MAX_WORKERS; i++) {
        struct worker *worker = &shared->workers[i];
        if (!worker->tid)
            continue;
        struct thread *thread = find_thread(worker->name);
        if (!thread)
            thread = add_thread(worker->name);
        if (!thread || thread->worker == worker)
            continue;
        thread->worker = worker;
        thread->tid = worker->tid;
        thread->is_python_thread = worker->is_python_thread;
        thread->enclosing[1] = -1;
    }
}

static int is_known_tid(int32_t tid)
{
    if (tid == shared->observer.tid)
        return 1;
    for (int i = 0; i < schedule.thread_count; i++)
        if (schedule.threads[i].tid == tid)
            return 1;
    return 0;
}

/* A Python thread that has not reached Python code is the oldest thread that nobody knows. */
static void guess_tid(struct thread *thread)
{
    for (int i = 0; i < task_count; i++) {
        int32_t tid = tasks[i].tid;
        if (!is_known_tid(tid) && (thread->tid == 0 || tid < thread->tid))
            thread->tid = tid;
    }
}

/* The thread waits for its next call: notes how its step ended. */
static void finish_parked(struct thread *thread)
{
    const struct worker *worker = thread->worker;
    if (worker->report == REPORT_RETURNED && thread->call_step >= 0) {
        schedule.steps[thread->call_step].is_known = 1;
        schedule.steps[thread->call_step].value = worker->result;
    }
    if (worker->report == REPORT_INSIDE && worker->depth < MAX_DEPTH)
        thread->enclosing[worker->depth] = thread->call_step;
}

static void look_at_thread(struct thread *thread)
{
    const struct task *task = task_of(thread->tid);
    if (thread->worker && atomic_load(&thread->worker->state) == WORKER_PARKED)
        thread->rest = REST_PARKED;
    else
        thread->rest = task ? task->rest : thread->tid ? REST_GONE : REST_BLOCKED;
    thread->futex = task ? task->futex : 0;
    int has_ended = thread->rest == REST_PARKED || thread->rest == REST_HUNG || thread->rest == REST_GONE;
    if (thread->pending < 0 || !has_ended)
        return;
    if (thread->rest == REST_PARKED)
        finish_parked(thread);
    thread->finished = thread->pending;
    thread->pending = -1;
}

/* A thread that could not be started does not exist. */
static void drop_unstarted(void)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct thread *thread = &schedule.threads[i];
        const struct step *start = thread->finished >= 0 ? &schedule.steps[thread->finished] : NULL;
        if (!start || !(calls[start->call].flags & CALL_STARTS_THREAD) || !start->is_known || start->value)
            continue;
        struct thread *last = &schedule.threads[schedule.thread_count - 1];
        if (!last->worker && !strcmp(last->name, start->result))
            schedule.thread_count--;
    }
}

static void look_at_threads(void)
{
    meet_workers();
    for (int i = 0; i < schedule.thread_count; i++)
        schedule.threads[i].finished = -1;
    for (int i = 0; i < schedule.thread_count; i++)
        if (schedule.threads[i].worker)
            look_at_thread(&schedule.threads[i]);
    drop_unstarted();
    for (int i = 0; i < schedule.thread_count; i++) {
        struct thread *thread = &schedule.threads[i];
        if (thread->worker)
            continue;
        if (!thread->tid)
            guess_tid(thread);
        look_at_thread(thread);
    }
}

/* ---- the baton -------------------------------------------------------------------------------------------------------------------------- */

static void hand_over(struct worker *worker, enum command command)
{
    worker->command = (int32_t)command;
    atomic_store(&worker->state, WORKER_RUNNING);
    atomic_fetch_add(&worker->go, 1);
    futex_wake(&worker->go);
}

/* Asks all who wait for calls what they see, and the observer what there is. 0 if they do not answer, mostly as the subject has died. */
static int observe(void)
{
    struct worker *asked[MAX_WORKERS + 1];
    int count = 0;
    for (int i = 0; i < schedule.thread_count; i++)
        if (schedule.threads[i].rest == REST_PARKED)
            asked[count++] = schedule.threads[i].worker;
    asked[count++] = &shared->observer;
    for (int i = 0; i < count; i++)
        hand_over(asked[i], i == count - 1 ? COMMAND_WALK : COMMAND_OBSERVE);
    int64_t until = microseconds_now() + options.cap * 1000LL;
    for (;;) {
        uint32_t seen = atomic_load(&shared->event);
        int parked = 0;
        for (int i = 0; i < count; i++)
            parked += atomic_load(&asked[i]->state) == WORKER_PARKED;
        if (parked == count)
            return 1;
        if (shared->is_over || microseconds_now() > until)
            return 0;
        wait_for_event(seen, 5000);
    }
}

/* ---- one step --------------------------------------------------------------------------------------------------------------------------- */

/* Gives the step's call to its thread. 0 if that cannot be; then `outcome` says why. */
static int begin_step(int number, struct outcome *outcome)
{
    struct step *step = &schedule.steps[number];
    struct thread *thread = find_thread(step->thread);
    *outcome = (struct outcome){ .kind = SKIPPED };
    int is_return = !strcmp(calls[step->call].name, "return");
    if (!call_is_available(step->call)) {
        outcome->kind = UNAVAILABLE;
        return 0;
    }
    if (!thread || !thread->worker || thread->rest != REST_PARKED) {
        snprintf(outcome->text, sizeof outcome->text, thread ? "thread %s is not waiting for calls" : "there is no thread %s", step->thread);
        return 0;
    }
    struct worker *worker = thread->worker;
    if (is_return && (worker->depth == 0 || worker->depth >= MAX_DEPTH)) {
        snprintf(outcome->text, sizeof outcome->text, "thread %s is not inside Python code", step->thread);
        return 0;
    }
    worker->argument = 0;
    worker->argument_is_current = !strcmp(step->argument, "current");
    if (calls[step->call].argument != KIND_NONE && !worker->argument_is_current && !find_operand(step->argument, &worker->argument, number)) {
        snprintf(outcome->text, sizeof outcome->text, "%s has no value", step->argument);
        return 0;
    }
    if (calls[step->call].flags & CALL_STARTS_THREAD) {
        struct thread *started = step->result[0] && !find_thread(step->result) ? add_thread(step->result) : NULL;
        if (!started) {
            snprintf(outcome->text, sizeof outcome->text, "the new thread has no name of its own");
            return 0;
        }
        started->is_python_thread = 1;
    }
    snprintf(worker->text, NAME_SIZE, "%s", step->result);
    thread->pending = number;
    thread->call_step = is_return ? thread->enclosing[worker->depth] : number;
    worker->call = step->call;
    worker->step = number;
    worker->report = REPORT_NONE;
    hand_over(worker, is_return ? COMMAND_RETURN : COMMAND_CALL);
    return 1;
}

/* Makes one step and reports it; 0 if the subject has died. */
static int make_step(int number)
{
    struct outcome outcome;
    if (!begin_step(number, &outcome)) {
        for (int i = 0; i < schedule.thread_count; i++)
            schedule.threads[i].finished = -1;
        report_observation(number, &outcome, options.exact);
        return 1;
    }
    enum settled settled = settle(cap);
    if (settled == NOT_SETTLED && cap > CAP_AFTER_TIME_OUT)
        cap = CAP_AFTER_TIME_OUT; /* what ran on once will run on */
    if (settled != SUBJECT_IS_OVER)
        look_at_threads();
    if (settled == SUBJECT_IS_OVER || !observe()) {
        outcome.kind = shared->is_over ? DIED : TIMED_OUT;
        report_observation(number, &outcome, shared->is_over);
        return 0;
    }
    names_update(number);
    outcome = outcome_of(find_thread(schedule.steps[number].thread));
    report_observation(number, &outcome, settled == SETTLED);
    return 1;
}

static void reset_subject(void)
{
    memset(shared->workers, 0, sizeof shared->workers);
    memset(&shared->observer, 0, sizeof shared->observer);
    memset(&shared->fault, 0, sizeof shared->fault);
    shared->interpreter_count = 0;
    forget_tasks();
    cap = options.cap;
    names_reset();
    for (int i = 0; i < schedule.thread_count; i++) {
        struct thread *thread = &schedule.threads[i];
        thread->worker = &shared->workers[i];
        snprintf(thread->worker->name, NAME_SIZE, "%s", thread->name);
    }
    shared->thread_count = schedule.thread_count;
    shared->worker_count = schedule.thread_count;
}

/* Waits until all threads wait for calls. 0 if they do not. */
static int threads_have_started(void)
{
    int64_t until = microseconds_now() + START_CAP * 1000LL;
    enum settled settled;
    do
        settled = settle(START_CAP);
    while (settled == SETTLED_BY_PATIENCE && microseconds_now() < until);
    return settled == SETTLED;
}

void run_schedule(void)
{
    reset_subject();
    const char *problem = start_subject(schedule.start);
    if (problem) {
        report_error("start", problem);
        return;
    }
    if (!threads_have_started()) {
        end_subject();
        report_error("start", "the threads of the schedule do not start");
        return;
    }
    for (int i = 0; i < schedule.thread_count; i++)
        schedule.threads[i].tid = schedule.threads[i].worker->tid;
    look_at_threads();
    int is_alive = observe();
    names_update(-1);
    for (int i = 0; is_alive && i < schedule.step_count; i++)
        is_alive = make_step(i);
    end_subject();
    report_end();
}
