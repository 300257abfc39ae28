/* Processes: the zygotes, the subjects, how they end; and the futex words by which all wait for one another. */
#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_LIMIT = 10 * 1000 * 1000 }; /* microseconds Python may take to start */

/* Forks subjects that start in the same way. Process id 0: not started yet. */
static struct zygote { pid_t process; } zygotes[3];
static pid_t zygote_in_use;
static int complaints; /* file in memory: stdout and stderr of zygotes and subjects */

/* ---- waiting ----------------------------------------------------------------------------------------------------------------------- */

int64_t microseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

uint32_t futex_wait(_Atomic uint32_t *word, uint32_t expected, int64_t microseconds)
{
    struct timespec limit = { microseconds / 1000000, microseconds % 1000000 * 1000 };
    syscall(SYS_futex, word, FUTEX_WAIT, expected, microseconds < 0 ? NULL : &limit, NULL, 0);
    return atomic_load(word);
}

void futex_wake(_Atomic uint32_t *word)
{
    syscall(SYS_futex, word, FUTEX_WAKE, 0x7fffffff, NULL, NULL, 0);
}

void tell_event(void)
{
    atomic_fetch_add(&shared->event, 1);
    futex_wake(&shared->event);
}

void wait_for_event(uint32_t seen, int64_t microseconds)
{
    static int64_t last_look;
    int64_t now = microseconds_now();
    if (now - last_look > 20000) {
        last_look = now;
        /* Who asked is gone: nobody will read the answer. */
        struct pollfd input = { .fd = STDIN_FILENO };
        if (poll(&input, 1, 0) == 1 && (input.revents & (POLLHUP | POLLERR)))
            exit(0);
    }
    futex_wait(&shared->event, seen, microseconds);
}

/* 1 once `condition` is not 0; 0 if the time is over or `process` has ended before. */
static int wait_until(const _Atomic int32_t *condition, pid_t process, int64_t limit)
{
    int64_t until = microseconds_now() + limit;
    for (;;) {
        uint32_t seen = atomic_load(&shared->event);
        if (atomic_load(condition))
            return 1;
        if (process && waitpid(process, NULL, WNOHANG) != 0)
            return 0;
        if (microseconds_now() > until)
            return 0;
        wait_for_event(seen, 2000);
    }
}

/* ---- children ---------------------------------------------------------------------------------------------------------------------- */

pid_t fork_child(void)
{
    pid_t parent = getpid(), child = fork();
    if (child)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    /* An interrupt from the terminal is for the controller, which takes its children along. */
    signal(SIGINT, SIG_IGN);
    return 0;
}

static void redirect(void)
{
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(complaints, STDOUT_FILENO);
    dup2(complaints, STDERR_FILENO);
    struct rlimit no_core = { 0, 0 };
    setrlimit(RLIMIT_CORE, &no_core);
    clearenv();
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("PYTHONHASHSEED", "0", 1);
    setenv("PYTHONCOERCECLOCALE", "0", 1);
    if (options.home[0])
        setenv("PYTHONHOME", options.home, 1);
    /* An unpacked system has no compiled modules: every new interpreter would compile its own, which takes longer than all else. */
    if (has_bytecode_folder())
        setenv("PYTHONPYCACHEPREFIX", options.bytecode, 1);
}

size_t read_complaints(char *text, size_t size)
{
    off_t end = lseek(complaints, 0, SEEK_END), start = end > (off_t)size - 1 ? end - (off_t)size + 1 : 0;
    ssize_t length = pread(complaints, text, size - 1, start);
    text[length > 0 ? length : 0] = 0;
    return length > 0 ? (size_t)length : 0;
}

static const char *complain(const char *what)
{
    static char message[2048];
    char text[1024];
    read_complaints(text, sizeof text);
    snprintf(message, sizeof message, "%s%s%s", what, text[0] ? ": " : "", text);
    return message;
}

/* Starts a child that runs `body` and never returns from it. */
static pid_t start_child(void (*body)(enum start), enum start start)
{
    pid_t child = fork_child();
    if (child)
        return child;
    redirect();
    body(start);
    _exit(0);
}

void kill_child(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* ---- opening the library ------------------------------------------------------------------------------------------------------------ */

const char *open_library(const char **code)
{
    complaints = (int)syscall(SYS_memfd_create, "complaints", 1U /* close on exec */);
    if (complaints < 0) {
        FILE *file = tmpfile();
        complaints = file ? fileno(file) : STDERR_FILENO;
    }
    fcntl(complaints, F_SETFL, O_APPEND);
    if (options.guard)
        guard_reserve();
    return resolve_python(code);
}

static void probe_body(enum start start)
{
    (void)start;
    keep_bytecode();
    find_layout();
    import_needed();
    atomic_store(&shared->zygote_ready, 1);
    tell_event();
}

const char *probe_library(void)
{
    shared->zygote_ready = 0;
    pid_t child = start_child(probe_body, START_NOT_INITIALIZED);
    int has_finished = wait_until(&shared->zygote_ready, child, START_LIMIT);
    int is_alive = has_finished || waitpid(child, NULL, WNOHANG) == 0;
    if (is_alive)
        kill_child(child);
    /* What was found before it went wrong stays; without a version nothing was. */
    if (!has_finished && !shared->layout.version[0])
        return complain(is_alive ? "it does not start within 10 s" : "it does not start");
    return NULL;
}

/* ---- zygotes and subjects ----------------------------------------------------------------------------------------------------------- */

static void subject_body(enum start start)
{
    if (start != START_NOT_INITIALIZED && !options.fork_initialized)
        initialize_python(start == START_WITH_THREADS);
    run_subject();
}

static void zygote_body(enum start start)
{
    guard_is_on = options.guard;
    if (start != START_NOT_INITIALIZED && options.fork_initialized)
        initialize_python(start == START_WITH_THREADS);
    /* Read before anything can be ordered. */
    uint32_t done = atomic_load(&shared->fork_order);
    atomic_store(&shared->zygote_ready, 1);
    tell_event();
    for (;;) {
        while (atomic_load(&shared->fork_order) == done)
            futex_wait(&shared->fork_order, done, -1);
        done = atomic_load(&shared->fork_order);
        /* The order is for one zygote only. */
        if (shared->zygote_ready != getpid())
            continue;
        pid_t subject = fork_child();
        if (subject == 0)
            subject_body(start);
        atomic_store(&shared->subject, subject);
        tell_event();
        waitpid(subject, &shared->wait_status, 0);
        atomic_store(&shared->is_over, 1);
        tell_event();
    }
}

static const char *start_zygote(enum start start)
{
    shared->zygote_ready = 0;
    pid_t child = start_child(zygote_body, start);
    if (!wait_until(&shared->zygote_ready, child, START_LIMIT)) {
        kill_child(child);
        return complain("Python does not start");
    }
    zygotes[start].process = child;
    return NULL;
}

const char *start_subject(enum start start)
{
    if (!zygotes[start].process) {
        const char *problem = start_zygote(start);
        if (problem)
            return problem;
    }
    zygote_in_use = zygotes[start].process;
    /* Of the subject before; nobody writes now. */
    if (ftruncate(complaints, 0))
        return "the file for what Python writes cannot be emptied";
    shared->subject = 0;
    shared->is_over = 0;
    atomic_store(&shared->zygote_ready, zygote_in_use);
    atomic_fetch_add(&shared->fork_order, 1);
    futex_wake(&shared->fork_order);
    if (!wait_until(&shared->subject, 0, START_LIMIT))
        return complain("no process could be forked");
    return NULL;
}

void end_subject(void)
{
    if (!shared->is_over)
        kill(shared->subject, SIGKILL);
    if (!wait_until(&shared->is_over, 0, START_LIMIT)) {
        /* The zygote itself is gone: the next schedule gets a new one. */
        for (size_t i = 0; i < sizeof zygotes / sizeof *zygotes; i++)
            if (zygotes[i].process == zygote_in_use)
                zygotes[i].process = 0;
    }
}
