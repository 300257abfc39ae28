/* Observations as lines of JSON. Lists are in no special order: whoever reads them sorts. */
#include "harness.h"

#include <ctype.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

enum { GIL_EXTENT = 512 }; /* bytes around `locked` in which the locks of a GIL lie */

/* ---- JSON ------------------------------------------------------------------------------------------------------------------------------ */

static void print_text(const char *text)
{
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if (*c < 0x20)
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

static void print_field(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    print_text(text);
}

static void end_line(void)
{
    putchar('\n');
    fflush(stdout);
}

/* ---- death ----------------------------------------------------------------------------------------------------------------------------- */

/* Copies a line without addresses, which differ from run to run. */
static void copy_line(char *target, size_t size, const char *line, const char *until)
{
    size_t used = 0;
    while (line < until && *line && used + 4 < size) {
        if (line[0] == '0' && line[1] == 'x' && isxdigit((unsigned char)line[2])) {
            line += 2;
            while (isxdigit((unsigned char)*line))
                line++;
            used += (size_t)snprintf(target + used, size - used, "...");
            continue;
        }
        target[used++] = *line++;
    }
    target[used] = 0;
}

static const char *thread_name(int worker)
{
    return worker < 0 ? "another thread" : shared->workers[worker].name;
}

/* "made by M in step 2 (PyThreadState_New)". */
static int tell_history(char *text, size_t size, const char *verb, int worker, int step)
{
    if (step < 0)
        return snprintf(text, size, ", %s outside of any step", verb);
    return snprintf(text, size, ", %s by %s in step %d (%s)", verb, thread_name(worker), step, calls[schedule.steps[step].call].name);
}

static void describe_use_after_free(char *text, size_t size)
{
    const struct fault *fault = &shared->fault;
    const char *kind = NULL, *name = name_in_block(fault->block, fault->size, fault->address ? fault->address : fault->block, &kind);
    size_t used;
    if (name)
        used = (size_t)snprintf(text, size, "%s %s", kind, name);
    else
        used = (size_t)snprintf(text, size, "a block of %llu bytes", (unsigned long long)fault->size);
    if (!name)
        used += (size_t)tell_history(text + used, size - used, "made", fault->made_by, fault->made_in);
    used += (size_t)tell_history(text + used, size - used, "freed", fault->freed_by, fault->freed_in);
    snprintf(text + used, size - used, ", %s by %s", fault->is_double_free ? "freed again" : "used", thread_name(fault->worker));
}

static void name_signal(char *text, size_t size, int number)
{
    static const struct { int number; const char *name; } known[] = { { SIGSEGV, "SIGSEGV" }, { SIGABRT, "SIGABRT" },
        { SIGBUS, "SIGBUS" }, { SIGILL, "SIGILL" }, { SIGFPE, "SIGFPE" }, { SIGTRAP, "SIGTRAP" }, { SIGKILL, "SIGKILL" } };
    snprintf(text, size, "signal %d", number);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].number == number)
            snprintf(text, size, "%s", known[i].name);
}

static void print_death(void)
{
    char complaints[16384], message[1024];
    read_complaints(complaints, sizeof complaints);
    const char *kind, *fatal = strstr(complaints, "Fatal Python error: "), *assertion = strstr(complaints, "Assertion `");
    const char *assertion_end = assertion ? strstr(assertion, "' failed") : NULL;
    int status = shared->wait_status;
    if (shared->fault.is_in_freed_block) {
        kind = "use after free";
        describe_use_after_free(message, sizeof message);
    } else if (assertion_end) {
        kind = "assertion";
        copy_line(message, sizeof message, assertion + strlen("Assertion `"), assertion_end);
    } else if (fatal) {
        kind = "fatal";
        fatal += strlen("Fatal Python error: ");
        copy_line(message, sizeof message, fatal, fatal + strcspn(fatal, "\n"));
    } else if (WIFSIGNALED(status)) {
        kind = "signal";
        name_signal(message, sizeof message, WTERMSIG(status));
    } else {
        kind = "exit";
        snprintf(message, sizeof message, "%d", WEXITSTATUS(status));
    }
    printf(",\"death\":{\"kind\":\"%s\"", kind);
    print_field("message", message);
    putchar('}');
}

/* ---- outcomes -------------------------------------------------------------------------------------------------------------------------- */

/* Which GIL the address belongs to; NULL if none. */
static const char *gil_around(uint64_t address)
{
    for (int i = 0; address && i < shared->interpreter_count; i++) {
        uint64_t gil = shared->interpreters[i].gil;
        if (gil && address + 64 >= gil && address < gil + GIL_EXTENT)
            return name_of_gil(gil);
    }
    return NULL;
}

static struct outcome outcome_of_ended(const struct thread *thread)
{
    int step = thread->pending >= 0 ? thread->pending : thread->finished;
    int ended_by_itself = thread->is_python_thread && thread->call_step < 0 && step >= 0 && !strcmp(calls[schedule.steps[step].call].name, "return");
    return (struct outcome){ .kind = ended_by_itself ? RETURNED : EXITED };
}

static struct outcome outcome_of_parked(const struct thread *thread)
{
    struct outcome outcome = { .kind = RETURNED };
    if (thread->worker->report == REPORT_INSIDE) {
        outcome.kind = INSIDE;
        snprintf(outcome.text, sizeof outcome.text, "%s", thread->worker->inside);
        return outcome;
    }
    char buffer[32];
    const char *value = thread->call_step >= 0 ? text_of_value(&schedule.steps[thread->call_step], buffer, sizeof buffer) : NULL;
    if (value)
        snprintf(outcome.text, sizeof outcome.text, "%s", value);
    return outcome;
}

struct outcome outcome_of(const struct thread *thread)
{
    struct outcome outcome = { .kind = TIMED_OUT };
    const char *gil;
    switch (thread->rest) {
    case REST_PARKED:
        return outcome_of_parked(thread);
    case REST_GONE:
        return outcome_of_ended(thread);
    case REST_BLOCKED:
        outcome.kind = BLOCKED;
        gil = gil_around(thread->futex);
        if (gil)
            snprintf(outcome.text, sizeof outcome.text, "GIL of %s", gil);
        return outcome;
    case REST_HUNG:
        outcome.kind = HUNG;
        return outcome;
    case REST_RUNNING:
        return outcome;
    }
    return outcome;
}

static void print_outcome(const struct outcome *outcome)
{
    static const struct { const char *kind, *field; } words[] = {
        [RETURNED] = { "returned", "value" }, [BLOCKED] = { "blocked", "on" }, [INSIDE] = { "inside", "what" },
        [HUNG] = { "hung", NULL }, [EXITED] = { "exited", NULL }, [DIED] = { "died", NULL },
        [UNAVAILABLE] = { "unavailable", NULL }, [TIMED_OUT] = { "timed out", NULL }, [SKIPPED] = { "skipped", "reason" } };
    printf("{\"kind\":\"%s\"", words[outcome->kind].kind);
    if (words[outcome->kind].field && outcome->text[0])
        print_field(words[outcome->kind].field, outcome->text);
    if (outcome->kind == DIED)
        print_death();
    putchar('}');
}

/* ---- observations ---------------------------------------------------------------------------------------------------------------------- */

/* Who ended, in this step, a call that had blocked before; and who brought the process down, if not the step's own thread. */
static void print_came_back(int step, int has_died)
{
    const char *separator = "";
    printf(",\"cameBack\":[");
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct thread *thread = &schedule.threads[i];
        int ended = has_died ? thread->pending : thread->finished;
        int is_guilty = has_died && thread->worker && worker_number(thread->worker) == shared->fault.worker && shared->fault.signal;
        if (ended < 0 || ended == step || (has_died && !is_guilty))
            continue;
        struct outcome outcome = { .kind = DIED };
        if (!has_died)
            outcome = outcome_of(thread);
        printf("%s{\"step\":%d", separator, ended);
        print_field("thread", thread->name);
        printf(",\"outcome\":");
        print_outcome(&outcome);
        putchar('}');
        separator = ",";
    }
    putchar(']');
}

static void print_pointer(const char *field, int is_known, uint64_t pointer)
{
    if (is_known && pointer)
        print_field(field, name_of_state(pointer));
    else if (is_known)
        printf(",\"%s\":null", field);
}

static void print_threads(int has_died)
{
    static const char *const words[] = { [REST_RUNNING] = "running", [REST_PARKED] = "waiting for calls", [REST_BLOCKED] = "blocked",
                                         [REST_HUNG] = "hung", [REST_GONE] = "exited" };
    printf(",\"threads\":[");
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct thread *thread = &schedule.threads[i];
        printf("%s{\"is\":\"%s\"", i ? "," : "", words[has_died ? REST_GONE : thread->rest]);
        print_field("name", thread->name);
        if (thread->rest == REST_PARKED && !has_died) {
            print_pointer("current", thread->worker->knows_current, thread->worker->current);
            print_pointer("slot", thread->worker->knows_slot, thread->worker->slot);
        }
        putchar('}');
    }
    putchar(']');
}

static void print_interpreter(const struct seen_interpreter *seen)
{
    printf("{\"threadStates\":[");
    for (int i = 0; i < seen->state_count; i++) {
        const struct seen_state *state = &seen->states[i];
        printf("%s{\"name\":", i ? "," : "");
        print_text(name_of_state(state->pointer));
        if (state->counter != UNKNOWN)
            printf(",\"counter\":%d", state->counter);
        if (state->ensure_counter != UNKNOWN)
            printf(",\"ensureCounter\":%d", state->ensure_counter);
        putchar('}');
    }
    putchar(']');
    print_field("name", name_of_interpreter(seen->pointer));
    const char *gil = seen->gil ? name_of_gil(seen->gil) : NULL;
    if (gil && seen->gil_locked != UNKNOWN) {
        printf(",\"gil\":{\"locked\":%s", seen->gil_locked > 0 ? "true" : "false");
        print_field("of", gil);
        putchar('}');
    }
    if (seen->guards != UNKNOWN)
        printf(",\"guards\":%d", seen->guards);
    putchar('}');
}

void report_observation(int step, const struct outcome *outcome, int is_exact)
{
    int has_died = outcome->kind == DIED;
    printf("{\"step\":%d,\"outcome\":", step);
    print_outcome(outcome);
    print_came_back(step, has_died);
    print_threads(has_died);
    printf(",\"interpreters\":[");
    for (int i = 0; !has_died && i < shared->interpreter_count; i++) {
        if (i)
            putchar(',');
        print_interpreter(&shared->interpreters[i]);
    }
    printf("],\"isExact\":%s}", is_exact ? "true" : "false");
    end_line();
}

void report_end(void)
{
    printf("{\"end\":true}");
    end_line();
}

void report_error(const char *code, const char *message)
{
    printf("{\"error\":");
    print_text(code);
    print_field("message", message);
    putchar('}');
    end_line();
}

void report_ready(void)
{
    const struct layout *layout = &shared->layout;
    printf("{\"ready\":true,\"debug\":%s", layout->is_debug ? "true" : "false");
    print_field("version", layout->version);
    printf(",\"exact\":%s", options.exact ? "true" : "false");
    printf(",\"layout\":{\"counter\":%d,\"ensureCounter\":%d,\"guards\":%d,\"guardsUnit\":%d,\"gilAddress\":%s,\"gilPointer\":%d,\"gilLocked\":%d",
           layout->counter, layout->ensure_counter, layout->guards, layout->guards_unit, layout->locked_address ? "true" : "false",
           layout->gil_pointer, layout->gil_locked);
    printf(",\"stateSize\":%d,\"interpreterSize\":%d}}", (int)layout->state_size, (int)layout->interpreter_size);
    end_line();
}
