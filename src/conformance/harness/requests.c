/*
 * Requests: the protocol of this executable, on stdin and stdout.
 *
 * A request is a line of fields between tabs. First the options, of which only `library` is needed, then `open`:
 *
 *     library  <path>        nothing where the executable itself is Python
 *     home     <path>        PYTHONHOME
 *     guard    0 or 1        allocator that sees use after free (1)
 *     exact    0 or 1        prove with /proc that a call blocks (1, if /proc is usable)
 *     fork     0 or 1        initialize Python once and fork it (1), or anew for every schedule
 *     bytecode <path>        PYTHONPYCACHEPREFIX: filled when the library is opened, and only read by schedules; nothing: none
 *     cap      <ms>          after which a step that still runs is given up (2000)
 *     patience <ms>          after which a call counts as blocked if that cannot be proved (200)
 *     open                   answer: {"ready":true,...} or {"error":<code>,"message":...}
 *
 * Then schedules, each ended by `run`:
 *
 *     schedule not initialized | initialized | initialized with threads
 *     thread   <name>        for each thread, the main thread first
 *     step     <thread> <call> <argument or empty> <name of the result or empty>
 *     run                    answer: one line for each step made, then {"end":true}; or {"error":...} at any point
 *
 * A line that is none of these is answered by {"error":"malformed",...}; in a schedule, when `run` comes.
 */
#include "harness.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MAX_FIELDS = 6 };

struct shared *shared;
struct options options = { .guard = 1, .exact = 1, .fork_initialized = 1, .cap = 2000, .patience = 200 };
static int is_open;
static char malformed[256]; /* what is wrong with the schedule being read; empty: nothing */

static void refuse(const char *what, const char *value)
{
    if (!malformed[0])
        snprintf(malformed, sizeof malformed, "%s: \"%.100s\"", what, value);
}

/* Names go into Python text in quotes, and into JSON. */
static int is_name(const char *text)
{
    if (!*text || strlen(text) >= NAME_SIZE)
        return 0;
    for (; *text; text++)
        if (iscntrl((unsigned char)*text) || strchr("\"\\", *text))
            return 0;
    return 1;
}

static void begin_schedule(const char *start)
{
    static const char *const starts[] = {
        [START_NOT_INITIALIZED] = "not initialized", [START_INITIALIZED] = "initialized", [START_WITH_THREADS] = "initialized with threads" };
    memset(&schedule, 0, sizeof schedule);
    malformed[0] = 0;
    for (int i = 0; i < 3; i++)
        if (!strcmp(starts[i], start)) {
            schedule.start = (enum start)i;
            return;
        }
    refuse("unknown start", start);
}

static void read_step(char *fields[])
{
    if (schedule.step_count == MAX_STEPS) {
        refuse("too many steps", fields[1]);
        return;
    }
    struct step *step = &schedule.steps[schedule.step_count++];
    step->call = find_call(fields[2]);
    if (step->call < 0)
        refuse("unknown call", fields[2]);
    if (!is_name(fields[1]))
        refuse("not a name", fields[1]);
    if (fields[3][0] && !is_name(fields[3]))
        refuse("not a name", fields[3]);
    /* The text of a thread's name stands between single quotes in Python. */
    if (fields[4][0] && (!is_name(fields[4]) || (step->call >= 0 && (calls[step->call].flags & CALL_STARTS_THREAD) && strchr(fields[4], '\''))))
        refuse("not a name", fields[4]);
    snprintf(step->thread, NAME_SIZE, "%s", fields[1]);
    snprintf(step->argument, NAME_SIZE, "%s", fields[3]);
    snprintf(step->result, NAME_SIZE, "%s", fields[4]);
}

static void read_thread(const char *name)
{
    if (!is_name(name) || find_thread(name))
        refuse("not a name of its own", name);
    else if (schedule.thread_count > MAX_WORKERS / 2)
        refuse("too many threads", name);
    else
        add_thread(name);
}

static void answer_run(void)
{
    if (!is_open)
        refuse("no library is open", "run");
    else if (schedule.thread_count == 0)
        refuse("a schedule needs a thread", "run");
    if (malformed[0])
        report_error("malformed", malformed);
    else
        run_schedule();
    memset(&schedule, 0, sizeof schedule);
    malformed[0] = 0;
}

static void answer_open(void)
{
    if (is_open) {
        report_error("malformed", "a library is open already");
        return;
    }
    const char *code, *problem = open_library(&code);
    if (problem) {
        report_error(code, problem);
        return;
    }
    options.exact = options.exact && proc_is_usable();
    problem = probe_library();
    if (problem) {
        report_error("start", problem);
        return;
    }
    is_open = 1;
    report_ready();
}

static int read_option(char *fields[])
{
    const struct { const char *name; int *number; char *text; } known[] = {
        { "library", NULL, options.library }, { "home", NULL, options.home },
        { "bytecode", NULL, options.bytecode }, { "guard", &options.guard, NULL },
        { "exact", &options.exact, NULL }, { "fork", &options.fork_initialized, NULL }, { "cap", &options.cap, NULL },
        { "patience", &options.patience, NULL } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, fields[0]))
            continue;
        if (known[i].number)
            *known[i].number = atoi(fields[1]);
        else
            snprintf(known[i].text, sizeof options.library, "%s", fields[1]);
        return 1;
    }
    return 0;
}

static void answer(char *line)
{
    char *fields[MAX_FIELDS] = { "", "", "", "", "", "" };
    line[strcspn(line, "\n")] = 0;
    for (int i = 0; i < MAX_FIELDS && line; i++)
        fields[i] = strsep(&line, "\t");
    if (!strcmp(fields[0], "open"))
        answer_open();
    else if (!strcmp(fields[0], "schedule"))
        begin_schedule(fields[1]);
    else if (!strcmp(fields[0], "thread"))
        read_thread(fields[1]);
    else if (!strcmp(fields[0], "step"))
        read_step(fields);
    else if (!strcmp(fields[0], "run"))
        answer_run();
    else if (is_open || !read_option(fields))
        report_error("malformed", fields[0]);
}

static void serve_requests(void)
{
    static char buffer[1 << 16];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0)
        answer(line);
}

#ifdef PRELOAD
/* Runs in every program that the library is preloaded into, before its main(): only where it is asked for does it take over. */
__attribute__((constructor)) static void take_over(void)
{
    if (!getenv("GILPROOF_HARNESS"))
        return;
    unsetenv("GILPROOF_HARNESS");
    unsetenv("LD_PRELOAD");
    serve_requests();
    exit(0);
}
#else
int main(void)
{
    serve_requests();
    return 0;
}
#endif
