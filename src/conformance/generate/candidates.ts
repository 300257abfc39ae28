import { cast } from '../predict/schedule-machine.ts'
import type { World, WorldReader } from '../predict/world.ts'
import type { CallName, OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { ScheduledCall } from '../schedule/schedule.ts'

type Candidate = Omit<ScheduledCall, 'result'>

/** Calls that let Python code of CPython's own run, which gives the GIL to whoever waits at a moment nobody can foretell. */
const runsPython: readonly string[] = [
  'Py_NewInterpreter',
  'new interpreter with its own GIL',
  'Py_EndInterpreter',
  'Py_FinalizeEx',
  'run Python',
  'start a Python thread',
  'start a threading thread',
  'start a daemon thread',
  'register an atexit callback',
  'leave an object with a finalizer',
  'return',
]
/** Calls that make sense only on a thread that is attached and holds the GIL: what else they do is undefined. */
const needsAttachment: readonly string[] = [
  ...runsPython,
  'PyThreadState_Clear',
  'PyInterpreterGuard_FromCurrent',
  'PyInterpreterView_FromCurrent',
]
/** Calls that work for the main interpreter only, in the machine. */
const needsMain: readonly string[] = ['register an atexit callback', 'leave an object with a finalizer', 'Py_FinalizeEx']
/** Calls that may clear a thread state, and with it what `threading` keeps there: Python code runs, if `threading` was used. */
const clears: readonly string[] = ['PyGILState_Release', 'PyThreadState_Clear', 'PyThreadState_Release']
/** Calls that take away a thread state others may be using. */
const takesAway: readonly CallName[] = ['PyThreadState_Clear', 'PyThreadState_Delete']
/**
 * Calls that a thread state of the main interpreter which is gone may be given, since finalization is noticed before it is looked at. One of a
 * sub-interpreter may lie in the freed interpreter (docs/warts.md).
 */
const takesTheGone: readonly CallName[] = ['PyEval_RestoreThread', 'PyEval_AcquireThread']
/** Rare among all calls, and what most of the model is about: they come up more often. */
const weights: { readonly [Name in CallName]?: number } = {
  Py_FinalizeEx: 4,
  Py_NewInterpreter: 4,
  Py_EndInterpreter: 8,
  PyThreadState_Ensure: 2,
  'register an atexit callback': 3,
  'leave an object with a finalizer': 3,
  'start a threading thread': 3,
  return: 6,
}

/**
 * Interpreters without modules, which these make and take away, are for those who know: since 3.12 they have no GIL, and clearing one crashes
 * in 3.11. Probes make them.
 */
const forProbes: readonly string[] = ['PyInterpreterState_New', 'PyInterpreterState_Clear', 'PyInterpreterState_Delete']

/** Calls that may be made next, with every operand that exists; those whose effect CPython leaves open are left out. */
export function candidates(world: World, reader: WorldReader, calls: readonly CallName[]): readonly Candidate[] {
  const threads = reader.threads(world)
  const waiting = threads.filter(({ is }) => is === 'blocked').length
  const hasStarted = reader.stateOf(world, cast.python) !== 'not started'
  const known = calls.filter((call) => !forProbes.includes(call))
  return threads.flatMap(({ name: thread, is }) => {
    if (is !== 'waiting for calls') return []
    const caller = callerOf(world, reader, thread)
    return [...known, 'return' as const].flatMap((call): Candidate[] => {
      if (waiting > 0 && runsPython.includes(call) && !(waiting === 1 && mayRunPythonBesideOne(world, caller, call))) return []
      if (waiting > 0 && clears.includes(call) && hasStarted) return []
      if (!isSensible(world, reader, caller, call)) return []
      const made = operandsFor(world, reader, call).map((operands) => ({ thread, call, arguments: operands }))
      return Array.from({ length: weights[call] ?? 1 }, () => made).flat()
    })
  })
}

/** What decides which calls a thread may make. */
interface Caller {
  readonly thread: string
  readonly isAttached: boolean
  /** Position of the interpreter whose thread state it has current; -1 for none. */
  readonly interpreter: number
  readonly isAtHome: boolean
  /** The callback in which it waits for calls. */
  readonly inside: string | undefined
  /** Another thread has the same thread state current: what Python code does with it then is nobody's promise. */
  readonly sharesItsThreadState: boolean
}

function callerOf(world: World, reader: WorldReader, thread: string): Caller {
  const interpreter = reader.currentInterpreter(world, thread)
  return {
    thread,
    interpreter,
    isAttached: interpreter >= 0 && reader.holdsTheGil(world, thread),
    isAtHome: reader.isAtHome(world, thread),
    inside: reader.callbackOf(world, thread),
    sharesItsThreadState: reader.sharesItsThreadState(world, thread),
  }
}

/** One thread waits: bytecode gives it the GIL for certain, and a thread that finalization joins lets it go on by returning. */
function mayRunPythonBesideOne(world: World, { thread }: Caller, call: CallName): boolean {
  const joins = world.pending.get(cast.main)?.call === 'Py_FinalizeEx'
  return call === 'run Python' || (call === 'return' && thread === cast.python && joins)
}

function isSensible(world: World, reader: WorldReader, caller: Caller, call: CallName): boolean {
  if (needsAttachment.includes(call) && !caller.isAttached) return false
  if (runsPython.includes(call) && caller.sharesItsThreadState) return false
  if (needsMain.includes(call) && caller.interpreter !== 0) return false
  switch (call) {
    case 'PyGILState_Ensure':
      // Its memory may lie in the freed interpreter (docs/warts.md).
      return !reader.rememberedOneIsGone(world, caller.thread)
    case 'return':
      return caller.isAtHome && (caller.thread === cast.python || caller.inside !== undefined)
    case 'Py_FinalizeEx':
      return caller.thread === cast.main && caller.isAtHome && caller.inside === undefined
    case 'register an atexit callback':
      return !reader.isSet(world, 'an atexit callback is registered') && !reader.hasFinalized(world)
    case 'leave an object with a finalizer':
      return !reader.isSet(world, 'an object with a finalizer is left') && !reader.hasFinalized(world)
    case 'start a Python thread':
    case 'start a threading thread':
    case 'start a daemon thread':
      return mayStartThread(world, reader)
    case 'new interpreter with its own GIL':
      // It needs the main interpreter for a moment while it starts: nobody else may hold that GIL.
      return !reader.hasFinalized(world) && caller.interpreter === 0
    case 'run Python':
    case 'Py_NewInterpreter':
      // Modules are going away while finalizers run: what Python code finds depends on the release.
      return !reader.hasFinalized(world)
    case 'Py_EndInterpreter':
      // Which threads `threading` waits for in a sub-interpreter differs from release to release.
      return !reader.hasFinalized(world) && caller.interpreter !== 0 && reader.stateOf(world, cast.python) === 'not started'
    default:
      return true
  }
}

function mayStartThread(world: World, reader: WorldReader): boolean {
  const isFirst = reader.stateOf(world, cast.python) === 'not started'
  return isFirst && !reader.hasFinalized(world) && reader.callbackOf(world, cast.main) === undefined
}

function operandsFor(world: World, reader: WorldReader, call: CallName): readonly (readonly string[])[] {
  const [kind] = shapeOf(call).arguments
  if (kind === undefined) return [[]]
  return namesOf(world, reader, kind, takesTheGone.includes(call))
    .filter((name) => isFit(world, reader, call, name))
    .map((name) => [name])
}

function isFit(world: World, reader: WorldReader, call: CallName, name: string): boolean {
  if (takesAway.includes(call)) return !isUsed(world, reader, name)
  return call !== 'Py_EndInterpreter' || (name !== 'main thread state' && name !== 'NULL')
}

function namesOf(world: World, reader: WorldReader, kind: OperandKind, alsoGone: boolean): readonly string[] {
  switch (kind) {
    case 'thread state': {
      const alive = new Set(reader.alive(world).map((identity) => world.threadStates.get(identity)))
      const named = [...world.kinds].flatMap(([name, known]) => (known === 'thread state' ? [name] : []))
      return named.filter((name) => name === 'NULL' || alive.has(name) || (alsoGone && reader.isOfMain(world, name)))
    }
    case 'interpreter':
      return reader.interpreters(world).map(({ name }) => name)
    case 'PyGILState_STATE':
      return ['PyGILState_LOCKED', 'PyGILState_UNLOCKED']
    default:
      return [...world.kinds].flatMap(([name, known]) => (known === kind && !world.spent.has(name) ? [name] : []))
  }
}

/** Some thread has it attached, or waits in a call that will attach it: one it was given, had attached, or began with. */
function isUsed(world: World, reader: WorldReader, name: string): boolean {
  const isCurrent = reader.current(world).some((identity) => world.threadStates.get(identity) === name)
  const isAwaited = [...world.pending].some(([thread, { operand, attached }]) =>
    [operand, attached, reader.homeOf(world, thread)].includes(name),
  )
  return isCurrent || isAwaited
}
