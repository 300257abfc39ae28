/*
 * Has the subject come to rest? A thread rests if it waits for the baton, has ended, or waits for something that nobody will give.
 *
 * The last is proved, not timed. Linux tells for every thread in which system call it is, with arguments, and how often it has gone to
 * sleep. A thread in an untimed futex wait, whose word still has the awaited value, sleeps until somebody changes the word. A thread in a
 * timed one (who waits for the GIL wakes up every few milliseconds) has, once it has woken twice since anything last moved, looked at
 * what it waits for and gone back to sleep while nobody could change it: by induction it will for ever. So if all threads rest, nothing
 * moves any more. Whatever moves makes all counts start again.
 */
#include "harness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    WAKES_OF_TIMED_WAIT = 2,
    WAKES_OF_SLEEP_LOOP = 4,
    SAME_LOOKS = 2,            /* of an untimed wait */
    LOOKS_AT_UNREADABLE = 8,   /* of a wait at a word in freed memory */
};

struct task tasks[MAX_TASKS];
int task_count;

/* ---- reading /proc --------------------------------------------------------------------------------------------------------------- */

/*
 * All files stay open until the subject has ended: a file is read many times, and a path looked up anew costs more than what it leads to.
 * It also spares the kernel to forget the paths while the process ends, for which its threads wait for one another, busily.
 */
static DIR *folder; /* of the subject's tasks */

static void open_folder(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", shared->subject);
    folder = opendir(path);
}

/* 0 is no file: that is stdin. */
static int open_task_file(int32_t tid, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "%d/%s", tid, name);
    int file = folder ? openat(dirfd(folder), path, O_RDONLY | O_CLOEXEC) : -1;
    return file < 0 ? 0 : file;
}

/* 1 if the file could be read, as it is now. `file` is opened if it is not yet. */
static int read_task_file(int32_t tid, const char *name, int *file, char *text, size_t size)
{
    if (!*file)
        *file = open_task_file(tid, name);
    ssize_t length = *file ? pread(*file, text, size - 1, 0) : -1;
    text[length > 0 ? length : 0] = 0;
    return length > 0;
}

static void close_task(struct task *task)
{
    if (task->status_file)
        close(task->status_file);
    if (task->call_file)
        close(task->call_file);
}

void forget_tasks(void)
{
    for (int i = 0; i < task_count; i++)
        close_task(&tasks[i]);
    task_count = 0;
    if (folder)
        closedir(folder);
    folder = NULL;
}

/* 1 if the word could be read; by way of a thread that is alive, as the process' first one may have ended. */
static int read_word(int32_t tid, uint64_t address, uint32_t *word)
{
    struct iovec local = { word, sizeof *word }, remote = { (void *)address, sizeof *word };
    return process_vm_readv(tid, &local, 1, &remote, 1, 0) == sizeof *word;
}

static struct task *add_task(int32_t tid)
{
    for (int i = 0; i < task_count; i++)
        if (tasks[i].tid == tid)
            return &tasks[i];
    if (task_count == MAX_TASKS)
        return NULL;
    tasks[task_count] = (struct task){ .tid = tid, .rest = REST_RUNNING };
    return &tasks[task_count++];
}

int proc_is_usable(void)
{
    /* Tried on a child: what one may read of oneself says nothing about others. */
    uint32_t word = 7, copy = 0;
    pid_t child = fork_child();
    if (child == 0)
        for (;;)
            pause();
    if (child < 0)
        return 0;
    char text[4096];
    shared->subject = child;
    open_folder();
    struct task *task = add_task(child);
    int usable = read_task_file(child, "syscall", &task->call_file, text, sizeof text) &&
                 read_task_file(child, "status", &task->status_file, text, sizeof text) && read_word(child, (uint64_t)&word, &copy) &&
                 copy == word;
    kill_child(child);
    forget_tasks();
    shared->subject = 0;
    return usable;
}

const struct task *task_of(int32_t tid)
{
    for (int i = 0; i < task_count; i++)
        if (tasks[i].tid == tid && tasks[i].rest != REST_GONE)
            return &tasks[i];
    return NULL;
}

/* Brings `tasks` up to date with the threads there are; 1 if any came or went. */
static int list_tasks(void)
{
    if (!folder)
        open_folder();
    else
        rewinddir(folder);
    if (!folder)
        return 1;
    int is_there[MAX_TASKS] = { 0 }, changed = 0, are_there = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        int32_t tid = atoi(entry->d_name);
        int before = task_count;
        struct task *task = tid ? add_task(tid) : NULL;
        are_there |= tid != 0;
        if (!task)
            continue;
        is_there[task - tasks] = 1;
        changed |= task_count != before;
    }
    /* It has ended, which `is_over` is about to tell. */
    if (!are_there)
        return 1;
    for (int i = 0; i < task_count; i++) {
        if (is_there[i] || tasks[i].rest == REST_GONE)
            continue;
        tasks[i].rest = REST_GONE;
        changed = 1;
    }
    return changed;
}

/* ---- looking at one thread ------------------------------------------------------------------------------------------------------- */

static const struct worker *worker_of(int32_t tid)
{
    if (shared->observer.tid == tid)
        return &shared->observer;
    for (int i = 0; i < shared->worker_count && i < MAX_WORKERS; i++)
        if (shared->workers[i].tid == tid)
            return &shared->workers[i];
    return NULL;
}

/* 1 if it is in a system call. */
static int parse_system_call(const char *text, struct task *look)
{
    unsigned long long a[6], stack, counter;
    if (sscanf(text, "%ld %llx %llx %llx %llx %llx %llx %llx %llx", &look->call, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &stack,
               &counter) != 9)
        return 0;
    for (int i = 0; i < 6; i++)
        look->arguments[i] = a[i];
    look->stack = stack;
    look->counter = counter;
    return 1;
}

static int is_sleep(long call)
{
    static const long sleeps[] = {
#ifdef SYS_select
        SYS_select,
#endif
#ifdef SYS_poll
        SYS_poll,
#endif
#ifdef SYS_nanosleep
        SYS_nanosleep,
#endif
        SYS_pselect6, SYS_ppoll, SYS_clock_nanosleep,
    };
    for (size_t i = 0; i < sizeof sleeps / sizeof *sleeps; i++)
        if (sleeps[i] == call)
            return 1;
    return 0;
}

static int is_pause(const struct task *task)
{
#ifdef SYS_pause
    if (task->call == SYS_pause)
        return 1;
#endif
    return task->call == SYS_ppoll && task->arguments[1] == 0 && task->arguments[2] == 0;
}

static void judge_futex(struct task *task)
{
    enum { WORD, OPERATION, VALUE, TIMEOUT };
    long operation = (long)task->arguments[OPERATION] & FUTEX_CMD_MASK;
    if (operation != FUTEX_WAIT && operation != FUTEX_WAIT_BITSET)
        return;
    task->futex = task->arguments[WORD];
    int wakes = (int)(task->switches - task->first_switches);
    uint32_t word;
    if (!read_word(task->tid, task->futex, &word)) {
        /* Nobody can change a word that is no more. If the wait is timed, the thread wakes up and dies of it. */
        if (task->arguments[TIMEOUT] == 0 && task->looks >= LOOKS_AT_UNREADABLE)
            task->rest = REST_BLOCKED;
        return;
    }
    if (word != (uint32_t)task->arguments[VALUE])
        return;
    if (task->arguments[TIMEOUT] == 0 ? task->looks >= SAME_LOOKS : wakes >= WAKES_OF_TIMED_WAIT)
        task->rest = REST_BLOCKED;
}

static void judge(struct task *task)
{
    task->rest = REST_RUNNING;
    task->futex = 0;
    if (task->call == SYS_futex)
        judge_futex(task);
    else if (is_pause(task) && task->looks >= SAME_LOOKS)
        task->rest = REST_HUNG;
    else if (is_sleep(task->call) && task->switches - task->first_switches >= WAKES_OF_SLEEP_LOOP)
        task->rest = REST_BLOCKED;
}

/* Looks at a thread that has not come back; 1 if it has moved since the last look. */
static int look_at(struct task *task)
{
    char text[4096];
    if (!read_task_file(task->tid, "status", &task->status_file, text, sizeof text))
        return 1;
    const char *state = strstr(text, "\nState:"), *switches = strstr(text, "\nvoluntary_ctxt_switches:");
    if (state && strchr("ZX", state[8])) {
        int was_gone = task->rest == REST_GONE;
        task->rest = REST_GONE; /* the process' first thread stays in the list when it has ended */
        return !was_gone;
    }
    long count = switches ? atol(switches + 25) : 0;
    int is_read = read_task_file(task->tid, "syscall", &task->call_file, text, sizeof text);
    struct task look = *task;
    look.switches = count;
    if (!is_read || !parse_system_call(text, &look)) {
        task->rest = REST_RUNNING;
        task->looks = 0;
        return 1;
    }
    int is_same = look.call == task->call && look.arguments[0] == task->arguments[0] && look.stack == task->stack && task->looks > 0;
    int is_timed = look.call != SYS_futex || look.arguments[3] != 0;
    if (!is_timed && look.switches != task->switches)
        is_same = 0;
    look.looks = is_same ? task->looks + 1 : 1;
    *task = look;
    if (!is_same)
        return 1;
    judge(task);
    return 0;
}

static void start_counting(void)
{
    for (int i = 0; i < task_count; i++) {
        tasks[i].first_switches = tasks[i].switches;
        if (tasks[i].rest != REST_GONE)
            tasks[i].looks = tasks[i].looks > 0;
    }
}

/* ---- looking at all --------------------------------------------------------------------------------------------------------------- */

/* 1 if all rest. `moved` is set if anything has moved since the last look. */
static int look_at_all(int *moved)
{
    int all_rest = 1;
    *moved = list_tasks();
    for (int i = 0; i < task_count; i++) {
        struct task *task = &tasks[i];
        if (task->rest == REST_GONE)
            continue;
        const struct worker *worker = worker_of(task->tid);
        if (worker && atomic_load(&worker->state) == WORKER_PARKED) {
            *moved |= task->rest != REST_PARKED;
            task->rest = REST_PARKED;
            task->looks = 0;
            continue;
        }
        if (task->rest == REST_PARKED)
            task->rest = REST_RUNNING;
        *moved |= look_at(task);
        all_rest &= task->rest != REST_RUNNING;
    }
    return all_rest && !*moved;
}

/* Nobody is in a call, and there are no other threads: the usual case, which needs no second look. */
static int all_are_parked(void)
{
    for (int i = 0; i < task_count; i++)
        if (tasks[i].rest != REST_PARKED && tasks[i].rest != REST_GONE)
            return 0;
    return 1;
}

/* A call that does not block returns before it can be looked at; its thread waited when it was looked at last. */
static int somebody_was_called(void)
{
    for (int i = 0; i < task_count; i++) {
        const struct worker *worker = tasks[i].rest == REST_PARKED ? worker_of(tasks[i].tid) : NULL;
        if (worker && atomic_load(&worker->state) != WORKER_PARKED)
            return 1;
    }
    return 0;
}

static enum settled settle_exactly(int cap)
{
    int64_t until = microseconds_now() + cap * 1000LL, pause = 50;
    uint32_t before = atomic_load(&shared->event);
    if (somebody_was_called())
        wait_for_event(before, pause);
    for (;;) {
        uint32_t seen = atomic_load(&shared->event);
        if (shared->is_over)
            return SUBJECT_IS_OVER;
        int moved, all_rest = look_at_all(&moved);
        /* Listed once more: who now rests may have started a thread after the list was made. */
        if ((all_rest || all_are_parked()) && !list_tasks() && seen == atomic_load(&shared->event) && !shared->is_over)
            return SETTLED;
        if (moved)
            start_counting();
        if (microseconds_now() > until)
            return NOT_SETTLED;
        wait_for_event(seen, pause);
        if (pause < 500)
            pause += pause / 2;
    }
}

/* Without /proc: a thread that has not come back after a while counts as blocked, and what threads there are only the workers tell. */
static enum settled settle_by_patience(void)
{
    int64_t last_event = microseconds_now();
    uint32_t seen = atomic_load(&shared->event);
    enum settled verdict = SETTLED;
    for (;;) {
        verdict = SETTLED;
        task_count = 0;
        for (int i = 0; i < shared->worker_count && i < MAX_WORKERS; i++) {
            struct worker *worker = &shared->workers[i];
            uint32_t state = atomic_load(&worker->state);
            struct task *task = worker->tid ? add_task(worker->tid) : NULL;
            if (task)
                task->rest = state == WORKER_PARKED ? REST_PARKED : state == WORKER_LEAVING ? REST_GONE : REST_BLOCKED;
            if (state == WORKER_RUNNING || state == WORKER_NEW)
                verdict = SETTLED_BY_PATIENCE;
        }
        for (int i = 0; i < schedule.thread_count; i++)
            if (!schedule.threads[i].worker)
                verdict = SETTLED_BY_PATIENCE;
        if (shared->is_over)
            return SUBJECT_IS_OVER;
        if (verdict == SETTLED || microseconds_now() - last_event > options.patience * 1000LL)
            return verdict;
        wait_for_event(seen, 5000);
        uint32_t now = atomic_load(&shared->event);
        if (now != seen)
            last_event = microseconds_now();
        seen = now;
    }
}

enum settled settle(int cap_milliseconds)
{
    return options.exact ? settle_exactly(cap_milliseconds) : settle_by_patience();
}
