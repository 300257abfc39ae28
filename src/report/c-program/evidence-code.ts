import { assertNever } from '../../foundation/assert-never.ts'
import { listsText } from './baton.ts'
import type { CNames } from './c-names.ts'
import type { Reproduction, ReproductionEvidence } from './reproduction.ts'

/** C functions that the evidence needs. */
export function evidenceFunctions({ kind }: ReproductionEvidence): readonly string[] {
  switch (kind) {
    case 'dangling slot':
      return [listsText, countingFunction('is_this', 'return state == what;')]
    case 'two thread states':
      return [
        listsText,
        countingFunction(
          'is_of_this_thread',
          'return state->interp == what && (unsigned long)state->thread_id == (unsigned long)PyThread_get_thread_ident();',
        ),
      ]
    case 'thread states left':
      return [listsText, countingFunction('is_any', '(void)what;\n    return state != NULL;')]
    case 'wrong interpreter':
    case 'blocked':
    case 'fatal error':
    case 'crash':
    case "another thread's thread state":
    case 'as foreseen':
    case 'not forced':
      return []
    default:
      return assertNever(kind)
  }
}

function countingFunction(name: string, body: string): string {
  return `static int ${name}(PyThreadState *state, const void *what)\n{\n    ${body}\n}\n`
}

/** The thread that judges once the last call has come back. */
export function judgeOf({ evidence, steps }: Reproduction): string | undefined {
  return evidence.kind === 'dangling slot' ? evidence.thread : steps.at(-1)?.thread
}

/** Statements after the last step that end the program. */
export function verdictOf({ evidence, steps }: Reproduction, names: CNames): readonly string[] {
  const last = steps.at(-1)
  switch (evidence.kind) {
    case 'wrong interpreter':
      return [`judge(here != ${names.numberOf(last?.home ?? 'main')}, "the interpreter that the code ran in");`]
    case 'blocked':
      return ['judge(0, "the call came back");']
    case 'fatal error':
      return ['judge(0, "no fatal error");']
    case 'crash':
      return ['judge(0, "no crash");']
    case 'dangling slot':
      return [
        'judge(PyGILState_GetThisThreadState() != NULL && count_states(is_this, PyGILState_GetThisThreadState()) == 0,',
        '      "where the GILState slot points");',
      ]
    case 'two thread states':
      return [
        `judge(count_states(is_of_this_thread, main_interpreter) > 1${otherInterpreters(steps, names)},`,
        '      "the thread states of this thread");',
      ]
    case "another thread's thread state":
      return [
        'judge((unsigned long)PyThreadState_Get()->thread_id != (unsigned long)PyThread_get_thread_ident(),',
        '      "whose thread state is attached");',
      ]
    case 'thread states left':
      return [`judge(count_states(is_any, NULL) == ${evidence.count}, "how many thread states are left");`]
    case 'as foreseen':
      return ['judge(1, "every call went as the model says");']
    case 'not forced':
      return ['judge(0, "these calls do not force it");']
    default:
      return assertNever(evidence)
  }
}

function otherInterpreters(steps: Reproduction['steps'], names: CNames): string {
  const made = steps.flatMap(({ call, result }) => (call.includes('NewInterpreter') && result !== undefined ? [`${result}'`] : []))
  return made.map((name) => ` || count_states(is_of_this_thread, ${names.operand(name)}) > 1`).join('')
}

/** Handlers of the signals that end the program by itself. */
export function handlers({ evidence }: Reproduction): string {
  return `/* Nothing has moved for a while. */
static void on_alarm(int number)
{
    (void)number;
    judge(${whenStuck(evidence)}, "a call waits for ever");
}

static void on_death(int number)
{
    judge(${whenDead(evidence)}, number == SIGABRT ? "the process aborted" : "the process crashed");
}
`
}

function whenStuck(evidence: ReproductionEvidence): string {
  if (evidence.kind !== 'blocked') return '0'
  return ['step_now == STEPS', ...evidence.steps.map((step) => `!has_come_back[${step + 1}]`)].join(' && ')
}

function whenDead({ kind }: ReproductionEvidence): string {
  if (kind === 'crash') return 'step_now == STEPS'
  return kind === 'fatal error' ? 'step_now == STEPS && number == SIGABRT' : '0'
}
