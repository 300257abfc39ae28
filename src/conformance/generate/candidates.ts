import { cast } from '../predict/schedule-machine.ts'
import type { World, WorldReader } from '../predict/world.ts'
import type { CallName, OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { ScheduledCall } from '../schedule/schedule.ts'
import type { CallingThread } from './calling-thread.ts'
import { callingThread } from './calling-thread.ts'
import { isSensible, runsPython } from './sensible.ts'

export type Candidate = Omit<ScheduledCall, 'result'>

/** A call that may be made, by every thread and with every operand that may, and how often it is to come up among the calls. */
export interface Choice {
  readonly weight: number
  readonly candidates: readonly Candidate[]
}

/** Calls that may clear a thread state, and with it what `threading` keeps there: Python code runs, if `threading` was used. */
const clears: readonly string[] = ['PyGILState_Release', 'PyThreadState_Clear', 'PyThreadState_Release']
/** Calls that take away a thread state others may be using. */
const takesAway: readonly CallName[] = ['PyThreadState_Clear', 'PyThreadState_Delete']
/**
 * Calls that a thread state which is gone may be given: where finalization is noticed before it is looked at. In a second life a pointer of the
 * first one may be a pointer to something else by now.
 */
const takesTheGone: readonly CallName[] = ['PyEval_RestoreThread', 'PyEval_AcquireThread']
/** Rare among all calls, and what most of the model is about: they come up more often. */
const weights: { readonly [Name in CallName]?: number } = {
  Py_FinalizeEx: 4,
  Py_Initialize: 4,
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

/** Calls that may be made next; those whose effect CPython leaves open are left out. */
export function choices(world: World, reader: WorldReader, calls: readonly CallName[]): readonly Choice[] {
  const threads = reader.threads(world)
  const callers = threads.flatMap(({ name, is }) => (is === 'waiting for calls' ? [callingThread(world, reader, name)] : []))
  const waiting = threads.filter(({ is }) => is === 'blocked').length
  const hasStarted = reader.stateOf(world, cast.python) !== 'not started'
  const isForeseeable = (caller: CallingThread, call: CallName): boolean => {
    if (waiting > 0 && runsPython.includes(call)) return waiting === 1 && mayRunPythonBesideOne(world, caller, call)
    return !hasStarted || !clears.includes(call) || (waiting === 0 && caller.isAttached)
  }
  const known = calls.filter((call) => !forProbes.includes(call))
  return [...known, 'return' as const].flatMap((call): readonly Choice[] => {
    const makers = callers.filter((caller) => isForeseeable(caller, call) && isSensible(world, reader, caller, call))
    const operands = makers.length === 0 ? [] : operandsFor(world, reader, call)
    const made = makers
      .flatMap(({ thread }) => operands.map((some): Candidate => ({ thread, call, arguments: some })))
      .filter((candidate) => !clearsForeignObjects(world, reader, candidate) && !releasesAnother(world, reader, candidate))
    return made.length === 0 ? [] : [{ weight: weights[call] ?? 1, candidates: made }]
  })
}

/** Where each interpreter may have its own allocator (3.12), what one of them made cannot be freed in another. */
function clearsForeignObjects(world: World, reader: WorldReader, { thread, call, arguments: [operand] }: Candidate): boolean {
  if (call !== 'PyThreadState_Clear' || reader.policy.gils === 'one' || operand === undefined) return false
  return reader.interpreterOfNamed(world, operand) !== reader.currentInterpreter(world, thread)
}

/** Since 3.13 a release build detaches any thread state it is given: what was attached is then current somewhere and attached nowhere. */
function releasesAnother(world: World, reader: WorldReader, { thread, call, arguments: [operand] }: Candidate): boolean {
  if (call !== 'PyEval_ReleaseThread' || reader.policy.attaching !== 'attaches' || reader.policy.debug) return false
  return operand !== reader.currentOf(world, thread)
}

/** One thread waits: bytecode gives it the GIL for certain, and a thread that finalization joins lets it go on by returning. */
function mayRunPythonBesideOne(world: World, { thread }: CallingThread, call: CallName): boolean {
  const joins = world.pending.get(cast.main)?.call === 'Py_FinalizeEx'
  return call === 'run Python' || (call === 'return' && thread === cast.python && joins)
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
      return named.filter((name) => name === 'NULL' || alive.has(name) || (alsoGone && !reader.isSecondLife(world)))
    }
    case 'interpreter':
      return reader.interpreters(world).map(({ name }) => name)
    case 'PyGILState_STATE':
      return ['PyGILState_LOCKED', 'PyGILState_UNLOCKED']
    default:
      return [...world.kinds].flatMap(([name, known]) => (known === kind && !world.spent.has(name) ? [name] : []))
  }
}

/**
 * Some thread has it attached, or waits in a call that will attach it: one it was given, had attached, began with, or has in its slot; or ends an
 * interpreter with it.
 */
function isUsed(world: World, reader: WorldReader, name: string): boolean {
  const isCurrent = reader.current(world).some((identity) => world.threadStates.get(identity) === name)
  const isAwaited = [...world.pending].some(([thread, { operand, attached }]) =>
    [operand, attached, reader.homeOf(world, thread), reader.slotOf(world, thread)].includes(name),
  )
  const isHome = reader.callbackOf(world, cast.main) !== undefined && reader.homeOf(world, cast.main) === name
  return isCurrent || isAwaited || isHome
}
