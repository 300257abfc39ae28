/*
 * Names of thread states and interpreters. Memory is used again, so an address says little: a thread state that has vanished from all
 * lists is gone, and the next one at its address is another with a name of its own. What still points to a gone one keeps its name.
 */
#include "harness.h"

#include <string.h>

enum { MAX_NAMED = 512 };

struct named {
    char name[NAME_SIZE + 16];
    uint64_t pointer;
    int is_alive, is_seen;
    int step; /* in which it was named */
};

struct registry {
    struct named entries[MAX_NAMED];
    int count;
};
static struct registry states, interpreters;
static int unnamed_interpreters;

struct schedule schedule;

/* ---- the registry -------------------------------------------------------------------------------------------------------------------- */

void names_reset(void)
{
    states.count = interpreters.count = unnamed_interpreters = 0;
}

/* The newest entry at that address. */
static struct named *find_pointer(struct registry *registry, uint64_t pointer)
{
    for (int i = registry->count - 1; i >= 0; i--)
        if (registry->entries[i].pointer == pointer)
            return &registry->entries[i];
    return NULL;
}

static struct named *find_name(struct registry *registry, const char *name)
{
    for (int i = registry->count - 1; i >= 0; i--)
        if (!strcmp(registry->entries[i].name, name))
            return &registry->entries[i];
    return NULL;
}

static struct named *add(struct registry *registry, uint64_t pointer, int step)
{
    if (registry->count == MAX_NAMED)
        registry->count--;
    struct named *entry = &registry->entries[registry->count++];
    *entry = (struct named){ .pointer = pointer, .is_alive = 1, .is_seen = 1, .step = step };
    return entry;
}

const char *name_of_state(uint64_t pointer)
{
    const struct named *entry = find_pointer(&states, pointer);
    return pointer == 0 ? "NULL" : entry ? entry->name : "unknown";
}

const char *name_of_interpreter(uint64_t pointer)
{
    const struct named *entry = find_pointer(&interpreters, pointer);
    return pointer == 0 ? "NULL" : entry ? entry->name : "unknown";
}

const char *name_of_gil(uint64_t gil)
{
    /* The oldest interpreter that uses it: it came with the GIL. */
    for (int i = shared->interpreter_count - 1; i >= 0; i--)
        if (shared->interpreters[i].gil == gil)
            return name_of_interpreter(shared->interpreters[i].pointer);
    return NULL;
}

const char *name_in_block(uint64_t block, uint64_t size, uint64_t address, const char **kind)
{
    const struct named *best = NULL;
    struct registry *const all[] = { &interpreters, &states };
    static const char *const kinds[] = { "interpreter", "thread state" };
    for (int which = 0; which < 2; which++)
        for (int i = 0; i < all[which]->count; i++) {
            const struct named *entry = &all[which]->entries[i];
            /* An interpreter may hold its first thread state: of two named things the one that begins nearer to the address. */
            int fits = entry->pointer >= block && entry->pointer < block + size;
            if (!fits || (entry->pointer > address && best) || (best && best->pointer > entry->pointer))
                continue;
            best = entry;
            *kind = kinds[which];
        }
    return best ? best->name : NULL;
}

/* ---- who is new ------------------------------------------------------------------------------------------------------------------------ */

/* The step whose call the thread is in, or came back from in this round; NULL if none. */
static struct step *call_in_flight(const struct thread *thread)
{
    return (thread->pending >= 0 || thread->finished >= 0) && thread->call_step >= 0 ? &schedule.steps[thread->call_step] : NULL;
}

static void name_interpreter(struct named *entry, int step)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        struct step *made = call_in_flight(&schedule.threads[i]);
        if (!made || !(calls[made->call].flags & CALL_MAKES_INTERPRETER) || made->has_named || !made->result[0])
            continue;
        made->has_named = 1;
        snprintf(entry->name, sizeof entry->name, calls[made->call].result == KIND_INTERPRETER ? "%s" : "%s'", made->result);
        return;
    }
    int is_start = step < 0 || !strcmp(calls[schedule.steps[step].call].name, "Py_Initialize");
    if (is_start)
        snprintf(entry->name, sizeof entry->name, "main");
    else
        snprintf(entry->name, sizeof entry->name, "interpreter#%d", ++unnamed_interpreters);
}

/* The result that shows this thread state, or will when its call returns. */
static const char *name_by_result(uint64_t pointer, const struct named *interpreter, int step)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct step *made = call_in_flight(&schedule.threads[i]);
        if (!made || !made->result[0] || calls[made->call].result != KIND_STATE)
            continue;
        if (made->is_known && made->value == pointer)
            return made->result;
        /* Not returned yet: the first thread state of an interpreter that it has made. */
        char expected[NAME_SIZE + 16];
        snprintf(expected, sizeof expected, "%s'", made->result);
        int makes_interpreter = calls[made->call].flags & CALL_MAKES_INTERPRETER;
        if (!made->is_known && makes_interpreter && interpreter->step == step && !strcmp(interpreter->name, expected))
            return made->result;
        if (!made->is_known && !makes_interpreter && !strcmp(calls[made->call].name, "PyThreadState_New"))
            return made->result;
    }
    return NULL;
}

/* The Python thread whose own state this is; NULL if it is none's. */
static struct thread *python_thread_of(uint64_t pointer)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        struct thread *thread = &schedule.threads[i];
        if (!thread->is_python_thread || thread->has_own_state)
            continue;
        /* Before it reaches Python code, only that the step which started it made the state tells. */
        const struct worker *worker = thread->worker;
        if (!worker || (worker->knows_slot && worker->slot == pointer) || (worker->knows_current && worker->current == pointer))
            return thread;
    }
    return NULL;
}

/* The thread that made this state by Ensure or without giving its result a name. */
static struct thread *maker_of(uint64_t pointer, int step)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct worker *worker = schedule.threads[i].worker;
        if (schedule.threads[i].rest == REST_PARKED && worker && worker->knows_slot && worker->slot == pointer)
            return &schedule.threads[i];
    }
    return find_thread(schedule.steps[step].thread);
}

static void name_state(struct named *entry, const struct named *interpreter, int step)
{
    const char *result = name_by_result(entry->pointer, interpreter, step);
    if (result) {
        snprintf(entry->name, sizeof entry->name, "%s", result);
        return;
    }
    if (interpreter->step == step && !strcmp(interpreter->name, "main")) {
        snprintf(entry->name, sizeof entry->name, "main thread state");
        return;
    }
    struct thread *thread = python_thread_of(entry->pointer);
    if (thread) {
        thread->has_own_state = 1;
        snprintf(entry->name, sizeof entry->name, "%s'", thread->name);
        return;
    }
    thread = step < 0 ? NULL : maker_of(entry->pointer, step);
    if (thread)
        snprintf(entry->name, sizeof entry->name, "%s#%d", thread->name, ++thread->made);
    else
        snprintf(entry->name, sizeof entry->name, "unknown");
}

/* A call that makes a thread state has given out an address anew: whoever had it is gone, even if no walk has seen it vanish. */
static void forget_reused(void)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct step *made = schedule.threads[i].finished >= 0 ? call_in_flight(&schedule.threads[i]) : NULL;
        if (!made || !made->is_known || calls[made->call].result != KIND_STATE)
            continue;
        if (strcmp(calls[made->call].name, "PyThreadState_New") && !(calls[made->call].flags & CALL_MAKES_INTERPRETER))
            continue;
        struct named *entry = find_pointer(&states, made->value);
        if (entry)
            entry->is_alive = 0;
    }
}

static struct named *see(struct registry *registry, uint64_t pointer, int step, int *is_new)
{
    struct named *entry = find_pointer(registry, pointer);
    *is_new = !entry || !entry->is_alive;
    if (*is_new)
        return add(registry, pointer, step);
    entry->is_seen = 1;
    return entry;
}

static void bury_unseen(struct registry *registry)
{
    for (int i = 0; i < registry->count; i++) {
        registry->entries[i].is_alive &= registry->entries[i].is_seen;
        registry->entries[i].is_seen = 0;
    }
}

/* A thread state that is in no list, as an early Ensure makes them before Python is initialized, is named when a thread shows it. */
static void name_unlisted(uint64_t pointer, const char *result, int step)
{
    if (pointer == 0 || step < 0 || find_pointer(&states, pointer))
        return;
    struct named *entry = add(&states, pointer, step);
    struct thread *maker = maker_of(pointer, step);
    if (result)
        snprintf(entry->name, sizeof entry->name, "%s", result);
    else
        snprintf(entry->name, sizeof entry->name, "%s#%d", maker->name, ++maker->made);
}

static void name_all_unlisted(int step)
{
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct thread *thread = &schedule.threads[i];
        const struct step *made = thread->finished >= 0 ? call_in_flight(thread) : NULL;
        if (made && made->is_known && made->result[0] && calls[made->call].result == KIND_STATE)
            name_unlisted(made->value, made->result, step);
    }
    for (int i = 0; i < schedule.thread_count; i++) {
        const struct worker *worker = schedule.threads[i].rest == REST_PARKED ? schedule.threads[i].worker : NULL;
        if (worker && worker->knows_slot)
            name_unlisted(worker->slot, NULL, step);
        if (worker && worker->knows_current)
            name_unlisted(worker->current, NULL, step);
    }
}

void names_update(int step)
{
    forget_reused();
    /* CPython lists the newest first; names are given in the order of making. */
    for (int i = shared->interpreter_count - 1; i >= 0; i--) {
        const struct seen_interpreter *seen = &shared->interpreters[i];
        int is_new;
        struct named *interpreter = see(&interpreters, seen->pointer, step, &is_new);
        if (is_new)
            name_interpreter(interpreter, step);
        for (int j = seen->state_count - 1; j >= 0; j--) {
            struct named *state = see(&states, seen->states[j].pointer, step, &is_new);
            if (is_new)
                name_state(state, interpreter, step);
        }
    }
    name_all_unlisted(step);
    if (shared->walk_is_complete) {
        bury_unseen(&states);
        bury_unseen(&interpreters);
    }
}

/* ---- operands and values --------------------------------------------------------------------------------------------------------------- */

struct thread *find_thread(const char *name)
{
    for (int i = 0; i < schedule.thread_count; i++)
        if (!strcmp(schedule.threads[i].name, name))
            return &schedule.threads[i];
    return NULL;
}

int find_operand(const char *name, uint64_t *value, int before)
{
    static const struct { const char *name; uint64_t value; } fixed[] = {
        { "NULL", 0 }, { "PyGILState_LOCKED", 0 }, { "PyGILState_UNLOCKED", 1 } };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (!strcmp(fixed[i].name, name)) {
            *value = fixed[i].value;
            return 1;
        }
    for (int i = before - 1; i >= 0; i--)
        if (!strcmp(schedule.steps[i].result, name) && schedule.steps[i].is_known) {
            *value = schedule.steps[i].value;
            return 1;
        }
    const struct named *entry = find_name(&states, name);
    if (!entry)
        entry = find_name(&interpreters, name);
    if (entry)
        *value = entry->pointer;
    return entry != NULL;
}

static const char *name_or_result(uint64_t value, const struct step *step)
{
    return value == 0 ? "NULL" : step->result[0] ? step->result : "unnamed";
}

const char *text_of_value(const struct step *step, char *buffer, size_t size)
{
    const struct named *entry;
    switch (calls[step->call].result) {
    case KIND_NONE:
        return NULL;
    case KIND_STATE:
        return name_of_state(step->value);
    case KIND_INTERPRETER:
        return name_of_interpreter(step->value);
    case KIND_GILSTATE:
        return step->value == 0 ? "PyGILState_LOCKED" : "PyGILState_UNLOCKED";
    case KIND_TOKEN:
        entry = find_pointer(&states, step->value);
        return entry && step->value ? entry->name : name_or_result(step->value, step);
    case KIND_GUARD:
    case KIND_VIEW:
    case KIND_OS_THREAD:
        return name_or_result(step->value, step);
    case KIND_NUMBER:
        snprintf(buffer, size, "%lld", (long long)step->value);
        return buffer;
    }
    return NULL;
}
