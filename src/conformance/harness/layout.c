/*
 * Finds, in a process of its own and once for a libpython, where this build keeps what no function tells: the counter of a thread state,
 * the GIL, guards. No tables of versions: offsets differ between patch releases and with build options. Instead something is done of
 * which the effect is known, such as two PyGILState_Ensure and two PyGILState_Release, and the memory is searched for the one number
 * that goes along: 1, 2, 3, 2, 1. What cannot be found without doubt stays unknown.
 */
#include "harness.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    STATE_SPAN = 1024,      /* how far into a thread state to search at most */
    GIL_SPAN = 64,          /* how far into a GIL `locked` may be */
    SNAPSHOTS = 5,
    TRIALS = 6,             /* of attaching and detaching */
};

static int own_memory;

/* Copies what can be read at `address`; what cannot is 0. */
static char *snapshot(uint64_t address, size_t size)
{
    char *copy = calloc(1, size);
    if (copy && pread(own_memory, copy, size, (off_t)address) < 0)
        memset(copy, 0, size);
    return copy;
}

static int32_t int_at(const char *copy, size_t offset)
{
    int32_t value;
    memcpy(&value, copy + offset, sizeof value);
    return value;
}

/* ---- numbers that go up, up, down, down ------------------------------------------------------------------------------------------- */

/* Does `up` twice and `down` twice. 0 if the functions are missing or fail. */
struct exercise {
    int (*up)(void), (*down)(void);
};

/* Offset of the only int in the object that goes along with the exercise, or -1. `unit` is what one `up` adds. */
static int32_t find_counter(uint64_t object, size_t size, const struct exercise *exercise, int32_t *base, int32_t *unit)
{
    char *copies[SNAPSHOTS];
    static const int order[] = { 1, 1, 0, 0 };
    copies[0] = snapshot(object, size);
    for (int i = 1; i < SNAPSHOTS; i++) {
        if (!(order[i - 1] ? exercise->up() : exercise->down()))
            return -1;
        copies[i] = snapshot(object, size);
    }
    int32_t found = -1;
    for (size_t offset = 0; offset + 4 <= size; offset += 4) {
        int32_t start = int_at(copies[0], offset), step = int_at(copies[1], offset) - start;
        if (step <= 0 || step > 16 || start < -1 || start > 16)
            continue;
        if (int_at(copies[2], offset) != start + 2 * step || int_at(copies[3], offset) != start + step || int_at(copies[4], offset) != start)
            continue;
        if (found >= 0)
            return -1;
        found = (int32_t)offset;
        *base = start;
        *unit = step;
    }
    return found;
}

static int (*gilstate_ensure)(void);
static void (*gilstate_release)(int);
static void *(*guard_from_current)(void), *(*state_ensure)(void *);
static void (*guard_close)(void *), (*state_release)(void *);
static void *results[2], *guard_for_ensure;
static int result_count;

static int ensure(void)
{
    gilstate_ensure();
    return 1;
}

static int release(void)
{
    gilstate_release(0); /* PyGILState_LOCKED, as the thread state was attached before */
    return 1;
}

static int open_guard(void)
{
    return (results[result_count++] = guard_from_current()) != NULL;
}

static int close_guard(void)
{
    guard_close(results[--result_count]);
    return 1;
}

static int ensure_state(void)
{
    return (results[result_count++] = state_ensure(guard_for_ensure)) != NULL;
}

static int release_state(void)
{
    state_release(results[--result_count]);
    return 1;
}

/* ---- the GIL ------------------------------------------------------------------------------------------------------------------------ */

/* Address of the only int of the runtime that is 1 while a thread state is attached and 0 while none is; 0 if there is not just one. */
static uint64_t find_locked(uint64_t state, uint64_t state_size)
{
    void *(*save)(void) = (void *(*)(void))symbol("PyEval_SaveThread");
    void (*restore)(void *) = (void (*)(void *))symbol("PyEval_RestoreThread");
    if (!python.runtime || !save || !restore)
        return 0;
    uint64_t start = (uint64_t)python.runtime;
    size_t size = python.runtime_size;
    char *fits = malloc(size);
    memset(fits, 1, size);
    for (int trial = 0; trial < TRIALS; trial++) {
        char *attached = snapshot(start, size);
        void *saved = save();
        char *detached = snapshot(start, size);
        restore(saved);
        for (size_t offset = 0; offset + 4 <= size; offset += 4)
            fits[offset] &= int_at(attached, offset) == 1 && int_at(detached, offset) == 0;
        free(attached);
        free(detached);
    }
    uint64_t found = 0;
    for (size_t offset = 0; offset + 4 <= size; offset += 4) {
        uint64_t address = start + offset;
        /* From 3.12 the first thread state lies within, and has a number like that of its own. */
        if (!fits[offset] || (address >= state && address < state + state_size))
            continue;
        if (found)
            return 0;
        found = address;
    }
    return found;
}

/* From 3.12 an interpreter points to its GIL: finds the pointer that the main one and another that shares the GIL have at one place. */
static void find_gil_pointer(struct layout *layout, uint64_t locked, uint64_t main, uint64_t other, uint64_t size)
{
    char *first = snapshot(main, size), *second = snapshot(other, size);
    layout->gil_pointer = -1;
    for (size_t offset = 0; offset + 8 <= size; offset += 8) {
        uint64_t one, two;
        memcpy(&one, first + offset, 8);
        memcpy(&two, second + offset, 8);
        if (one != two || one > locked || locked - one >= GIL_SPAN)
            continue;
        layout->gil_pointer = (int32_t)offset;
        layout->gil_locked = (int32_t)(locked - one);
        return;
    }
}

/* ---- all of it ------------------------------------------------------------------------------------------------------------------------ */

/* Size of a thread state; makes one and deletes it. */
static uint64_t measure_state(void *interpreter)
{
    void *(*create)(void *) = (void *(*)(void *))symbol("PyThreadState_New");
    void (*clear)(void *) = (void (*)(void *))symbol("PyThreadState_Clear"), (*delete)(void *) = (void (*)(void *))symbol("PyThreadState_Delete");
    allocations_watch(1);
    void *state = create(interpreter);
    uint64_t size = allocation_around((uint64_t)state);
    allocations_watch(0);
    clear(state);
    delete(state);
    return size;
}

static void find_gil(struct layout *layout, uint64_t state)
{
    void *(*create)(void) = (void *(*)(void))symbol("Py_NewInterpreter");
    uint64_t main = (uint64_t)python.interpreter_head();
    uint64_t locked = find_locked(state, layout->state_size);
    allocations_watch(1);
    create();
    /* The newest interpreter is the first of the list. */
    uint64_t other = (uint64_t)python.interpreter_head();
    if (other == main)
        other = (uint64_t)python.interpreter_next((void *)main);
    layout->interpreter_size = allocation_around(other);
    allocations_watch(0);
    if (!locked)
        return;
    find_gil_pointer(layout, locked, main, other, layout->interpreter_size);
    if (layout->gil_pointer < 0)
        layout->locked_address = locked;
}

static void find_guards(struct layout *layout, uint64_t interpreter, uint64_t state)
{
    guard_from_current = (void *(*)(void))symbol("PyInterpreterGuard_FromCurrent");
    guard_close = (void (*)(void *))symbol("PyInterpreterGuard_Close");
    state_ensure = (void *(*)(void *))symbol("PyThreadState_Ensure");
    state_release = (void (*)(void *))symbol("PyThreadState_Release");
    if (!guard_from_current || !guard_close || !state_ensure || !state_release)
        return;
    const struct exercise guards = { open_guard, close_guard }, ensures = { ensure_state, release_state };
    int32_t unit;
    layout->guards = find_counter(interpreter, layout->interpreter_size, &guards, &layout->guards_base, &layout->guards_unit);
    guard_for_ensure = guard_from_current();
    result_count = 0;
    layout->ensure_counter = find_counter(state, layout->state_size, &ensures, &layout->ensure_counter_base, &unit);
    guard_close(guard_for_ensure);
}

void find_layout(void)
{
    struct layout *layout = &shared->layout;
    layout->counter = layout->ensure_counter = layout->guards = layout->gil_pointer = -1;
    own_memory = open("/proc/self/mem", O_RDONLY);
    initialize_python(1);
    snprintf(layout->version, sizeof layout->version, "%s", python.version());
    layout->is_debug = python.run_string("import sys\nsys.gettotalrefcount\n", NULL) == 0;
    int known;
    uint64_t state = current_state(&known);
    void *interpreter = python.interpreter_head();
    layout->state_size = measure_state(interpreter);
    uint64_t span = layout->state_size && layout->state_size < STATE_SPAN ? layout->state_size : STATE_SPAN;
    gilstate_ensure = (int (*)(void))symbol("PyGILState_Ensure");
    gilstate_release = (void (*)(int))symbol("PyGILState_Release");
    const struct exercise gilstate = { ensure, release };
    int32_t base = 0, unit = 0;
    layout->counter = find_counter(state, span, &gilstate, &base, &unit);
    find_gil(layout, state);
    void (*swap)(void *) = (void (*)(void *))symbol("PyThreadState_Swap");
    swap((void *)state);
    find_guards(layout, (uint64_t)interpreter, state);
}
