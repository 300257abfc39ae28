/*
 * Drives a real libpython through a schedule, one call at a time, and tells after each call what can be seen.
 *
 * Processes, each the child of the one above and killed with it:
 *
 *   controller   reads requests on stdin, gives the baton, decides what is blocked, owns all names, writes observations on stdout
 *   zygote       has libpython loaded (and initialized, if the schedule starts so); forks a fresh subject for every schedule
 *   subject      one OS thread for each thread of the schedule, the first being the process' main thread, and one observer thread
 *
 * They talk through `struct shared` in shared memory. No headers of Python are used: every function is found by name at run time, so one
 * executable serves all versions. Compiled with -DPRELOAD it is a library that takes over a python executable before its main().
 *
 *   requests.c     the protocol                                 layout.c    finds counters and GILs in memory
 *   controller.c   the run of a schedule                        subject.c   threads, the baton, what a thread sees
 *   settle.c       has everything come to rest? proof of it     calls.c     the calls a schedule may make
 *   names.c        names of thread states and interpreters      guard.c     allocator that sees use after free
 *   report.c       observations as JSON                         python.c    Python without its headers
 *   process.c      zygotes and subjects: start, death, end
 */
#ifndef HARNESS_H
#define HARNESS_H

#define _GNU_SOURCE
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

enum {
    NAME_SIZE = 64,
    MAX_WORKERS = 24,
    MAX_INTERPRETERS = 24,
    MAX_STATES = 32, /* thread states of one interpreter */
    MAX_STEPS = 512,
    MAX_TASKS = 64,
    MAX_DEPTH = 16, /* places inside Python code, one in another */
};

/* ---- shared memory ------------------------------------------------------------------------------------------------------------ */

enum worker_state { WORKER_NEW, WORKER_RUNNING, WORKER_PARKED, WORKER_LEAVING };
enum command { COMMAND_CALL, COMMAND_OBSERVE, COMMAND_WALK, COMMAND_RETURN };
enum report { REPORT_NONE, REPORT_RETURNED, REPORT_INSIDE };

/* An OS thread that takes calls. Either side writes only while the baton is on it: the controller while `state` is WORKER_PARKED. */
struct worker {
    _Atomic uint32_t go;    /* futex word; the controller adds one to hand over the baton */
    _Atomic uint32_t state; /* enum worker_state; all that is to be read is written before it becomes WORKER_PARKED */
    char name[NAME_SIZE];
    int32_t tid;
    int32_t depth; /* how many places inside Python code it waits in, one in another */
    int32_t is_python_thread;

    /* The command. */
    int32_t command;
    int32_t call; /* position in calls[] */
    int32_t step;
    uint64_t argument;
    int32_t argument_is_current; /* the argument is what the thread has attached when it makes the call */
    char text[NAME_SIZE];        /* name of the thread to start */

    /* The report. */
    int32_t report;
    uint64_t result;
    char inside[NAME_SIZE]; /* which place inside Python code it waits in */

    /* The answer to COMMAND_OBSERVE. */
    int32_t knows_current, knows_slot;
    uint64_t current, slot;
};

struct seen_state {
    uint64_t pointer;
    int32_t counter, ensure_counter; /* UNKNOWN where they cannot be found */
};

struct seen_interpreter {
    uint64_t pointer;
    uint64_t gil;       /* which GIL it uses: an address that is the same for all that share it; 0 if hidden */
    int32_t gil_locked; /* UNKNOWN if hidden */
    int32_t guards;
    int32_t state_count;
    struct seen_state states[MAX_STATES];
};

enum { UNKNOWN = -1000000 };

/* What is known about the memory of this libpython; found out once by layout.c. Offsets are -1 where nothing was found. */
struct layout {
    char version[200]; /* Py_GetVersion() */
    int32_t is_debug;
    int32_t counter, ensure_counter; /* offsets in a thread state */
    int32_t ensure_counter_base;
    int32_t guards, guards_base, guards_unit; /* offset in an interpreter; value without guards; how much one guard adds */
    uint64_t locked_address;                  /* of the one GIL's `locked`, up to 3.11; else 0 */
    int32_t gil_pointer;                      /* offset in an interpreter of the pointer to its GIL, from 3.12 */
    int32_t gil_locked;                       /* offset in a GIL of `locked` */
    uint64_t state_size, interpreter_size;    /* bytes asked of malloc for them */
};

/* A death as the signal handler saw it. */
struct fault {
    int32_t signal, worker; /* worker -1: a thread that takes no calls */
    uint64_t address;
    int32_t is_in_freed_block, is_double_free;
    uint64_t block, size;
    int32_t made_by, made_in, freed_by, freed_in; /* worker and step, -1 if outside of any */
};

struct shared {
    _Atomic uint32_t event; /* futex word; everybody adds one when something happened */

    /* Zygote. */
    _Atomic uint32_t fork_order; /* futex word; the controller adds one to order a subject */
    _Atomic int32_t zygote_ready;
    _Atomic int32_t subject; /* process id, 0 before it is known */
    _Atomic int32_t is_over; /* the subject has ended, and `wait_status` says how */
    int32_t wait_status;

    /* Subject. */
    int32_t thread_count; /* of the schedule; their workers come first */
    _Atomic int32_t worker_count;
    struct worker workers[MAX_WORKERS];
    struct worker observer;
    int32_t walk_is_complete;
    int32_t interpreter_count;
    struct seen_interpreter interpreters[MAX_INTERPRETERS];
    struct fault fault;
    struct layout layout;
};

extern struct shared *shared;

/* ---- options, fixed when the library is opened --------------------------------------------------------------------------------- */

struct options {
    char library[4096]; /* empty: the symbols are in this process already */
    char home[4096];    /* PYTHONHOME, may be empty */
    char bytecode[4096]; /* PYTHONPYCACHEPREFIX, may be empty */
    int guard;          /* pages of their own for the blocks of scheduled calls */
    int exact;          /* prove "blocked" with /proc; otherwise wait */
    int fork_initialized; /* initialize Python once, in the zygote */
    int cap;            /* milliseconds after which a step that is still running is given up */
    int patience;       /* milliseconds after which, without /proc, a call counts as blocked */
};
extern struct options options;

/* ---- calls.c ------------------------------------------------------------------------------------------------------------------- */

enum kind { KIND_NONE, KIND_STATE, KIND_INTERPRETER, KIND_GILSTATE, KIND_GUARD, KIND_VIEW, KIND_TOKEN, KIND_OS_THREAD, KIND_NUMBER };
enum call_flags {
    CALL_MAKES_INTERPRETER = 1,
    CALL_IS_HEAVY = 2, /* allocates thousands of blocks: only those of the sizes of thread states and interpreters are guarded */
    CALL_STARTS_THREAD = 4,
};
struct call {
    const char *name;
    enum kind argument, result;
    int flags;
    uint64_t (*perform)(struct worker *); /* NULL: the C function of that name */
    const char *symbol;                   /* must exist for the call to be available; NULL: nothing special */
    void *function;
};
extern struct call calls[];
int find_call(const char *name); /* -1 if there is none */
int call_is_available(int call);
uint64_t perform_call(struct worker *worker);

void resolve_calls(void);

/* ---- python.c ------------------------------------------------------------------------------------------------------------------ */

/* What the harness itself needs of Python; NULL where this version has none. */
struct python {
    /* The runtime's lists. */
    void *(*interpreter_head)(void), *(*interpreter_next)(void *), *(*thread_head)(void *), *(*state_next)(void *);
    /* What a thread sees. */
    void *(*get_current)(void), *(*get_slot)(void);
    void **current_variable; /* 2.7: _PyThreadState_Current */
    /* Starting. */
    const char *(*version)(void);
    void (*initialize)(int), (*init_threads)(void);
    void *(*new_interpreter)(void);
    /* Objects. */
    int (*run_string)(const char *, void *);
    void *(*add_module)(const char *), *(*new_function)(void *, void *, void *), *(*from_pointer)(void *), *(*as_pointer)(void *);
    const char *(*as_text)(void *);
    int (*set_attribute)(void *, const char *, void *), (*set_item)(void *, const char *, void *);
    void *(*get_attribute)(void *, const char *), *(*state_dictionary)(void);
    void *(*system_object)(const char *), *(*call_with)(void *, const char *, ...);
    void (*add_reference)(void *), (*drop_reference)(void *);
    void *none;
    void *runtime; /* &_PyRuntime */
    uint64_t runtime_size;
};
extern struct python python;
void *symbol(const char *name);
/* Loads the library and finds all functions. NULL, or what is wrong: "library" and why, "symbol" and which one is missing. */
const char *resolve_python(const char **code);
void initialize_python(int with_threads);
int has_bytecode_folder(void);
void keep_bytecode(void);                    /* that the modules a schedule needs are compiled to; before Python is initialized */
void import_needed(void);
void prepare_interpreter(void *interpreter); /* whose thread state is attached */
void *interpreter_of(const void *state);
uint64_t current_state(int *known);
uint64_t this_thread_slot(int *known);
extern __thread uint64_t told; /* interpreter that Python code of this thread has told it runs in */

/* ---- subject.c ----------------------------------------------------------------------------------------------------------------- */

extern __thread struct worker *self; /* NULL in threads that take no calls */
void run_subject(void) __attribute__((noreturn));
void catch_signals(void);
int worker_number(const struct worker *worker); /* -1 for none and for the observer */
/* Waits for calls inside Python code: of a thread that takes calls already, or of one that now begins to under the name `where`. */
void wait_inside(const char *where);

/* ---- guard.c ------------------------------------------------------------------------------------------------------------------- */

void guard_reserve(void);
extern int guard_is_on;
extern __thread int guard_every_block;
void guard_explain(uint64_t address, struct fault *fault);
void allocations_watch(int on);                  /* for layout.c */
uint64_t allocation_around(uint64_t pointer);    /* size of the watched block that holds `pointer`, 0 if none */

/* ---- layout.c ------------------------------------------------------------------------------------------------------------------ */

void find_layout(void); /* in a process of its own; fills shared->layout */

/* ---- process.c ----------------------------------------------------------------------------------------------------------------- */

const char *open_library(const char **code); /* as resolve_python */
enum start { START_NOT_INITIALIZED, START_INITIALIZED, START_WITH_THREADS };
const char *start_subject(enum start start); /* NULL, or what is wrong */
void end_subject(void);
const char *probe_library(void); /* NULL, or what is wrong */
pid_t fork_child(void); /* that dies with this process */
void kill_child(pid_t child);
void tell_event(void);
uint32_t futex_wait(_Atomic uint32_t *word, uint32_t expected, int64_t microseconds); /* negative: for ever */
void futex_wake(_Atomic uint32_t *word);
void wait_for_event(uint32_t seen, int64_t microseconds); /* ends the process if stdin has been closed meanwhile */
int64_t microseconds_now(void);
size_t read_complaints(char *text, size_t size); /* what the subject wrote to stderr */

/* ---- settle.c ------------------------------------------------------------------------------------------------------------------ */

enum rest { REST_RUNNING, REST_PARKED, REST_BLOCKED, REST_HUNG, REST_GONE };

/* One OS thread of the subject (a task in /proc), as last looked at. */
struct task {
    int32_t tid;
    enum rest rest;
    uint64_t futex; /* address it waits at; 0 if it waits otherwise */
    /* How it was reached. */
    long call;
    uint64_t arguments[6], stack, counter;
    long switches, first_switches; /* voluntary context switches: now, and when anything last moved */
    int looks;                     /* how many times it looked the same */
    int status_file, call_file;    /* in /proc; 0 if not open */
};

enum settled { SETTLED, SETTLED_BY_PATIENCE, NOT_SETTLED, SUBJECT_IS_OVER };
extern struct task tasks[MAX_TASKS];
extern int task_count;
enum settled settle(int cap_milliseconds);
const struct task *task_of(int32_t tid); /* NULL: the thread has ended, or nothing is known about it */
int proc_is_usable(void);
void forget_tasks(void);                 /* of a subject that has ended */

/* ---- names.c ------------------------------------------------------------------------------------------------------------------- */

/* A thread of the schedule, listed or started by a step. */
struct thread {
    char name[NAME_SIZE];
    struct worker *worker; /* NULL: a Python thread that has not reached Python code yet */
    int32_t tid;
    enum rest rest;
    uint64_t futex;
    int pending;           /* step it is busy with, -1 if none */
    int call_step;         /* step whose call it is in: another one if `pending` is to return into it; -1 if none */
    int announced;         /* an observation has told that its step blocks */
    int finished;          /* step it has ended in this round, -1 if none */
    int enclosing[MAX_DEPTH]; /* steps whose calls led to the places inside Python code it waits in */
    int made;              /* thread states named after it */
    int is_python_thread, has_own_state;
};

struct step {
    char thread[NAME_SIZE];
    int call;
    char argument[NAME_SIZE];
    char result[NAME_SIZE]; /* empty: none */
    int is_known;           /* the call has returned `value` */
    int has_named;          /* its result has given the interpreter it made a name */
    uint64_t value;
};

struct schedule {
    enum start start;
    int thread_count, step_count;
    struct thread threads[MAX_WORKERS];
    struct step steps[MAX_STEPS];
};
extern struct schedule schedule;

void names_reset(void);
void names_update(int step);                     /* after each walk: who is new, who is gone */
const char *name_of_state(uint64_t pointer);     /* "NULL" for 0 */
const char *name_of_interpreter(uint64_t pointer);
const char *name_in_block(uint64_t block, uint64_t size, uint64_t address, const char **kind); /* NULL if nothing named was there */
int find_operand(const char *name, uint64_t *value, int before); /* as it is before that step; 0 if it has no value */
const char *name_of_gil(uint64_t gil); /* NULL if no interpreter in the list uses it */
struct thread *find_thread(const char *name);
const char *text_of_value(const struct step *step, char *buffer, size_t size); /* NULL: it has none */

/* ---- controller.c -------------------------------------------------------------------------------------------------------------- */

void run_schedule(void);                       /* the one in `schedule`; reports every step and the end */
struct thread *add_thread(const char *name);   /* to `schedule`; NULL if there are too many */

/* ---- report.c ------------------------------------------------------------------------------------------------------------------ */

struct outcome {
    enum { RETURNED, BLOCKED, INSIDE, HUNG, EXITED, DIED, UNAVAILABLE, TIMED_OUT, SKIPPED } kind;
    char text[1024]; /* value, on, what, reason; empty: none */
};
void report_observation(int step, const struct outcome *outcome, int is_exact);
void report_end(void);
void report_error(const char *code, const char *message);
void report_ready(void);
struct outcome outcome_of(const struct thread *thread);

#endif
