import {
  batonText,
  letGoText,
  ownGilText,
  restText,
  runLineText,
  runPythonText,
  startThreadingText,
  startThreadText,
  waitText,
} from './c-program/baton.ts'
import { CNames, identifier } from './c-program/c-names.ts'
import { statementsOf } from './c-program/c-step.ts'
import { evidenceFunctions, handlers, judgeOf, verdictOf } from './c-program/evidence-code.ts'
import type { Reproduction, ReproductionThread } from './c-program/reproduction.ts'

/**
 * A C program that makes the calls of a counterexample in their order and ends with status 0 if the failure shows and 1 if it does not. It
 * needs nothing but pthreads and the headers of a CPython from 2.7 to 3.15 that has the calls. The same input gives the same bytes.
 */
export function renderCProgram(reproduction: Reproduction): string {
  const names = new CNames(reproduction)
  const parts = [
    headComment(reproduction),
    includes(reproduction),
    `enum { STEPS = ${reproduction.steps.length} };\n`,
    batonText,
    ...helpers(reproduction),
    ...evidenceFunctions(reproduction.evidence),
    handlers(reproduction),
    declarations(reproduction, names),
    ...reproduction.threads.slice(1).map((thread) => threadFunction(reproduction, thread, names)),
    mainFunction(reproduction, names),
  ]
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`
}

function headComment({ title, story, promise, violation, foundOn, replayCode, remarks }: Reproduction): string {
  const paragraphs = [
    [`${title}: ${violation}.`],
    story,
    [`Promised: ${promise}`],
    remarks,
    [`Found in a model of ${foundOn}. Exit status: 0 if the failure shows, 1 if it does not.`],
    ['Compile: cc FILE.c $(python3-config --embed --cflags --ldflags) -lpthread', `Replay: gilproof replay ${replayCode} --python PYTHON`],
  ]
  const lines = paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.flatMap((line) => wrapped(line)))
  return `/*\n${lines.map((paragraph) => paragraph.map((line) => ` * ${line}`).join('\n')).join('\n *\n')}\n */`
}

/** Lines of at most 110 characters; what has no space stays whole. No end of a comment in it. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = ['']
  for (const word of text.replaceAll('*/', '* /').split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length > 110) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}

function includes({ steps }: Reproduction): string {
  const calls = new Set(steps.map(({ call }) => call))
  const removed = ['PyEval_AcquireLock', 'PyEval_ReleaseLock'].filter((name) => calls.has(name))
  const lock =
    removed.length === 0
      ? []
      : [
          '#if defined(__GNUC__)',
          '#pragma GCC diagnostic ignored "-Wdeprecated-declarations"',
          '#endif',
          '#if PY_VERSION_HEX >= 0x030D0000 /* gone from the headers, not from the library */',
          ...removed.map((name) => `extern void ${name}(void);`),
          '#endif',
        ]
  const finalize = calls.has('Py_FinalizeEx') ? ['#if PY_VERSION_HEX < 0x03060000', '#define Py_FinalizeEx Py_Finalize', '#endif'] : []
  const headers = [
    '<Python.h>',
    '<pythread.h>',
    '<pthread.h>',
    '<signal.h>',
    '<stdio.h>',
    '<stdlib.h>',
    '<string.h>',
    '<time.h>',
    '<unistd.h>',
  ]
  return [...headers.map((name) => `#include ${name}`), ...lock, ...finalize].join('\n')
}

function helpers(reproduction: Reproduction): readonly string[] {
  const { steps } = reproduction
  const calls = new Set(steps.map(({ call }) => call))
  const isWaitedFor = steps.slice(0, -1).some(({ comesBack, comesIn }) => comesBack.length > 0 || comesIn.length > 0)
  return [
    ...(isWaitedFor || judgeOf(reproduction) !== steps.at(-1)?.thread ? [waitText] : []),
    ...(steps.some(({ expects, call }) => expects === 'waits' || call === 'return') ? [letGoText] : []),
    restText,
    runPythonText,
    ...(calls.has('run Python') ? [runLineText] : []),
    ...(calls.has('start a Python thread') ? [startThreadText] : []),
    ...(calls.has('start a threading thread') || calls.has('start a daemon thread') ? [startThreadingText] : []),
    ...(calls.has('new interpreter with its own GIL') ? [ownGilText] : []),
  ]
}

function declarations({ steps, threads }: Reproduction, names: CNames): string {
  const operands = new Set(steps.flatMap((step) => step.arguments))
  return [
    'static PyInterpreterState *main_interpreter;',
    ...(operands.has('main thread state') ? ['static PyThreadState *main_thread_state;'] : []),
    ...names.declarations(),
    ...threads
      .filter(({ startedBy }) => startedBy === 'Python')
      .map(({ name }) => `static volatile sig_atomic_t ${identifier(name)}_runs;`),
  ].join('\n')
}

function threadFunction(reproduction: Reproduction, thread: ReproductionThread, names: CNames): string {
  const name = identifier(thread.name)
  const body = bodyOf(reproduction, thread.name, names)
  if (thread.startedBy === 'the system') {
    return block(`static void *${name}(void *unused)`, ['(void)unused;', ...body, 'rest();', 'return NULL;'])
  }
  const method = `static PyMethodDef ${name}_method = { "${name}", ${name}, METH_NOARGS, NULL };`
  const returns = reproduction.steps.some((step) => step.thread === thread.name && step.call === 'return')
  const start = ['(void)self;', '(void)unused;', `set(&${name}_runs, 0);`]
  const end = returns ? [] : ['rest();']
  return `${block(`static PyObject *${name}(PyObject *self, PyObject *unused)`, [...start, ...body, ...end, 'Py_INCREF(Py_None);', 'return Py_None;'])}\n\n${method}`
}

function mainFunction(reproduction: Reproduction, names: CNames): string {
  const { threads, steps, evidence, initializesThreads } = reproduction
  const [main, ...others] = threads
  const foreign = others.filter(({ startedBy }) => startedBy === 'the system')
  const usesMain = steps.some((step) => step.arguments.includes('main thread state'))
  return block('int main(void)', [
    ...(foreign.length > 0 ? ['pthread_t thread;'] : []),
    'signal(SIGALRM, on_alarm);',
    ...['SIGABRT', 'SIGSEGV', 'SIGBUS'].map((name) => `signal(${name}, on_death);`),
    'alarm(10);',
    ...(evidence.kind === 'crash' ? ['setenv("PYTHONMALLOC", "debug", 1); /* freed memory is overwritten: who uses it crashes */'] : []),
    'Py_Initialize();',
    ...(initializesThreads ? ['#if PY_VERSION_HEX < 0x03070000', 'PyEval_InitThreads();', '#endif'] : []),
    'main_interpreter = PyThreadState_Get()->interp;',
    '(void)main_interpreter;',
    ...(usesMain ? ['main_thread_state = PyThreadState_Get();'] : []),
    'mark_interpreter(0);',
    ...foreign.map(({ name }) => `pthread_create(&thread, NULL, ${identifier(name)}, NULL);`),
    ...bodyOf(reproduction, main?.name ?? '', names),
    'rest();',
    'return 2;',
  ])
}

/** The steps of a thread in their order; the one that makes the last one judges. */
function bodyOf(reproduction: Reproduction, thread: string, names: CNames): readonly string[] {
  const { steps } = reproduction
  const own = steps.flatMap((step, i) => (step.thread === thread ? [i + 1] : []))
  const runs = steps.some((step) => step.thread === thread && step.call === 'run Python')
  const makesLast = own.at(-1) === steps.length
  const waits = makesLast ? [''] : ['', `wait_until(&has_come_back[${steps.length}]);`]
  const judges = judgeOf(reproduction) === thread ? [...waits, ...verdictOf(reproduction, names)] : []
  const statements = own.flatMap((number) => ['', ...statementsOf(reproduction, number, names)])
  return [...(runs ? ['long here = -1;', ''] : []), ...statements, ...judges, ...(runs ? ['(void)here;'] : [])]
}

function block(head: string, lines: readonly string[]): string {
  // C89: declarations first.
  const declared = lines.filter((line) => /^(long here|pthread_t )/.test(line))
  const rest = lines.filter((line) => !declared.includes(line))
  const body = [...declared, ...rest].map((line) => (line === '' || line.startsWith('#') ? line : `    ${line}`))
  return `${head}\n{\n${body.join('\n').replace(/\n{3,}/g, '\n\n')}\n}`
}
