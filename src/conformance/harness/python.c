/* Python without its headers: finds its functions by name, starts it, and gives every interpreter what schedules need. */
#include "harness.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

struct python python;

static void *library; /* RTLD_DEFAULT if the symbols are in this process already */

void *symbol(const char *name)
{
    return dlsym(library, name);
}

/* ---- builtins that the harness adds to every interpreter ------------------------------------------------------------------------ */

/* PyMethodDef, the same in all versions. */
struct method {
    const char *name;
    void *(*function)(void *, void *);
    int flags;
    const char *documentation;
};
enum { METH_O = 8 };

static void *return_none(void)
{
    python.add_reference(python.none);
    return python.none;
}

/* _park(where): the thread waits for calls. */
static void *park(void *module, void *where)
{
    (void)module;
    wait_inside(python.as_text(where));
    return return_none();
}

__thread uint64_t told;

/* _tell(interpreter): Python code tells in which interpreter it runs. */
static void *tell(void *module, void *interpreter)
{
    (void)module;
    told = (uint64_t)python.as_pointer(interpreter);
    return return_none();
}

static struct method park_method = { "_park", park, METH_O, NULL };
static struct method tell_method = { "_tell", tell, METH_O, NULL };

static void add_builtin(void *module, const char *name, void *object)
{
    if (object) {
        python.set_attribute(module, name, object);
        python.drop_reference(object);
    }
}

/* The interpreter that lists this thread state. */
void *interpreter_of(const void *state)
{
    for (void *interpreter = python.interpreter_head(); interpreter; interpreter = python.interpreter_next(interpreter))
        for (void *listed = python.thread_head(interpreter); listed; listed = python.state_next(listed))
            if (listed == state)
                return interpreter;
    return NULL;
}

void prepare_interpreter(void *interpreter)
{
    void *module = python.add_module(symbol("PyString_AsString") ? "__builtin__" : "builtins");
    add_builtin(module, "_park", python.new_function(&park_method, NULL, NULL));
    add_builtin(module, "_tell", python.new_function(&tell_method, NULL, NULL));
    add_builtin(module, "_interpreter", python.from_pointer(interpreter));
    /*
     * Who waits for the GIL wakes up at this interval, and has to be seen waking twice before it counts as blocked: 5 ms would be slow.
     * Not set by Python code, which would hand the GIL over to whoever waits.
     */
    void *set_interval = python.system_object("setswitchinterval");
    void *result = set_interval ? python.call_with(set_interval, "d", 0.0005) : NULL;
    if (result)
        python.drop_reference(result);
}

/* ---- start ---------------------------------------------------------------------------------------------------------------------- */

static void set_flag(const char *name)
{
    int *flag = symbol(name);
    if (flag)
        *flag = 1;
}

/* Only where it has a folder of its own, which it can have from 3.8 on: nothing is written beside the sources. */
int has_bytecode_folder(void)
{
    return options.bytecode[0] && symbol("PyConfig_InitPythonConfig");
}

static int keeps_bytecode;

void keep_bytecode(void)
{
    keeps_bytecode = has_bytecode_folder();
}

/* What calls of a schedule import, beyond what every interpreter does when it starts. */
void import_needed(void)
{
    if (keeps_bytecode)
        python.run_string("import threading\n", NULL);
}

void initialize_python(int with_threads)
{
    /* Not isolated: PYTHONHOME must be seen. The rest of the environment is emptied before. */
    static const char *const flags[] = { "Py_NoSiteFlag", "Py_NoUserSiteDirectory" };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        set_flag(flags[i]);
    if (!keeps_bytecode)
        set_flag("Py_DontWriteBytecodeFlag");
    python.initialize(0); /* without signal handlers */
    prepare_interpreter(python.interpreter_head());
    if (with_threads && python.init_threads)
        python.init_threads();
}

/* ---- what a thread sees ---------------------------------------------------------------------------------------------------------- */

uint64_t current_state(int *known)
{
    *known = python.get_current || python.current_variable;
    if (python.get_current)
        return (uint64_t)python.get_current();
    return python.current_variable ? (uint64_t)*python.current_variable : 0;
}

uint64_t this_thread_slot(int *known)
{
    uint64_t slot = python.get_slot ? (uint64_t)python.get_slot() : 0;
    *known = python.get_slot != NULL;
    return slot;
}

/* ---- finding the functions ------------------------------------------------------------------------------------------------------- */

static void *first_symbol(const char *name, const char *other)
{
    void *found = symbol(name);
    return found || !other ? found : symbol(other);
}

static uint64_t size_of_symbol(void *address)
{
    Dl_info info;
    const ElfW(Sym) *entry = NULL;
    if (!address || !dladdr1(address, &info, (void **)&entry, RTLD_DL_SYMENT) || !entry)
        return 0;
    return entry->st_size;
}

const char *resolve_python(const char **code)
{
    library = RTLD_DEFAULT;
    *code = "library";
    if (options.library[0]) {
        /* Global: extension modules of the standard library look for Python's functions there. */
        library = dlopen(options.library, RTLD_NOW | RTLD_GLOBAL);
        if (!library)
            return dlerror();
    }
    *code = "symbol";
    /* 3.2 has PyUnicode_AsUTF8 under the name it had before it was public; 2.7 has texts of bytes. */
    const char *as_text = first_symbol("PyUnicode_AsUTF8", NULL) ? "PyUnicode_AsUTF8" : "_PyUnicode_AsString";
    const struct { void *place; const char *name, *other; int optional; } wanted[] = {
        { &python.interpreter_head, "PyInterpreterState_Head", NULL, 0 },
        { &python.interpreter_next, "PyInterpreterState_Next", NULL, 0 },
        { &python.thread_head, "PyInterpreterState_ThreadHead", NULL, 0 },
        { &python.state_next, "PyThreadState_Next", NULL, 0 },
        { &python.run_string, "PyRun_SimpleStringFlags", NULL, 0 },
        { &python.version, "Py_GetVersion", NULL, 0 },
        { &python.runtime, "_PyRuntime", NULL, 1 },
        { &python.get_current, "PyThreadState_GetUnchecked", "_PyThreadState_UncheckedGet", 1 },
        { &python.current_variable, "_PyThreadState_Current", NULL, 1 },
        { &python.get_slot, "PyGILState_GetThisThreadState", NULL, 1 },
        { &python.initialize, "Py_InitializeEx", NULL, 0 },
        { &python.init_threads, "PyEval_InitThreads", NULL, 1 },
        { &python.new_interpreter, "Py_NewInterpreter", NULL, 0 },
        { &python.add_module, "PyImport_AddModule", NULL, 0 },
        { &python.new_function, "PyCFunction_NewEx", NULL, 0 },
        { &python.from_pointer, "PyLong_FromVoidPtr", NULL, 0 },
        { &python.as_pointer, "PyLong_AsVoidPtr", NULL, 0 },
        { &python.set_attribute, "PyObject_SetAttrString", NULL, 0 },
        { &python.get_attribute, "PyObject_GetAttrString", NULL, 0 },
        { &python.as_text, as_text, "PyString_AsString", 0 },
        { &python.system_object, "PySys_GetObject", NULL, 0 },
        { &python.call_with, "PyObject_CallFunction", NULL, 0 },
        { &python.add_reference, "Py_IncRef", NULL, 0 },
        { &python.drop_reference, "Py_DecRef", NULL, 0 },
        { &python.none, "_Py_NoneStruct", NULL, 0 },
        { &python.state_dictionary, "PyThreadState_GetDict", NULL, 0 },
        { &python.set_item, "PyDict_SetItemString", NULL, 0 },
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *found = first_symbol(wanted[i].name, wanted[i].other);
        if (!found && !wanted[i].optional)
            return wanted[i].name;
        memcpy(wanted[i].place, &found, sizeof found);
    }
    python.runtime_size = size_of_symbol(python.runtime);
    resolve_calls();
    return NULL;
}
