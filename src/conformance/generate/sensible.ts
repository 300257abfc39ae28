import { insideFinalizer } from '../predict/dispatch.ts'
import { cast } from '../predict/schedule-machine.ts'
import type { World, WorldReader } from '../predict/world.ts'
import type { CallName } from '../schedule/calls.ts'
import type { CallingThread } from './calling-thread.ts'

/** Calls that let Python code of CPython's own run, which gives the GIL to whoever waits at a moment nobody can foretell. */
export const runsPython: readonly string[] = [
  'Py_NewInterpreter',
  'new interpreter with its own GIL',
  'Py_EndInterpreter',
  'Py_FinalizeEx',
  'Py_Initialize',
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
  ...runsPython.filter((call) => call !== 'Py_Initialize'),
  'PyThreadState_Clear',
  'PyInterpreterGuard_FromCurrent',
  'PyInterpreterView_FromCurrent',
]
/** Calls that work for the main interpreter only, in the machine. */
const needsMain: readonly string[] = ['Py_FinalizeEx']

/** Where a thread may make a call, beside what holds for all of its kind. */
type Rule = (world: World, reader: WorldReader, caller: CallingThread) => boolean

/**
 * To import a module written in C, a sub-interpreter attaches a thread state of the main interpreter for a moment (3.13): it needs its GIL, and
 * the slot forgets what is not attached.
 */
const importsModule: Rule = (world, reader, { usesMainGil, isInMain, isInItsSlot }) => {
  if (reader.gilExists(world) && !usesMainGil) return false
  return reader.policy.attaching !== 'attaches' || isInMain || isInItsSlot
}

const startsThread: Rule = (world, reader, caller) => {
  if (!importsModule(world, reader, caller)) return false
  const isFirst = reader.stateOf(world, cast.python) === 'not started'
  // A debug build compares with the slot at each swap, of which starting a thread makes some of its own.
  const isRefused = reader.policy.debug && !caller.isInItsSlot
  return isFirst && !isRefused && !reader.hasFinalized(world) && reader.callbackOf(world, cast.main) === undefined
}
const leavesSomething: Rule = (world, reader, caller) =>
  importsModule(world, reader, caller) && !reader.hasFinalized(world) && reader.callbackOf(world, cast.main) === undefined
/** Modules are going away while finalizers run: what Python code finds depends on the release. */
const needsModules: Rule = (world, reader) => !reader.hasFinalized(world) && reader.callbackOf(world, cast.main) !== insideFinalizer

/**
 * The main thread as it began; or another with the main thread state: with its own, 3.13 uses that after it is freed. Debug builds assert
 * PyGILState_Check.
 */
const finalizes: Rule = (world, reader, { thread, isAtHome, inside, isInItsSlot }) => {
  if (thread === cast.main) return isAtHome && inside === undefined
  const hasMain = reader.currentOf(world, thread) === reader.homeOf(world, cast.main)
  const hasStarted = reader.stateOf(world, cast.python) !== 'not started'
  const isRefused = reader.policy.debug && !isInItsSlot
  return thread === cast.foreign[0] && hasMain && !isRefused && !reader.hasFinalized(world) && !hasStarted
}
/** The atexit module of 3.2 crashes in a second life if it was used in the first. */
const beginsAgain: Rule = (world, reader, { thread, inside }) => {
  const { keyIsSet, dropRequests } = reader.policy
  const isCrash = keyIsSet === 'only-if-absent' && dropRequests !== 'nobody' && reader.hasAtexitCallback(world, 0)
  const isOver = !reader.isInitialized(world) && reader.interpreters(world).length === 0
  return thread === cast.main && isOver && inside === undefined && !isCrash
}

const rules: { readonly [Name in CallName]?: Rule } = {
  return: (_, __, { isAtHome, thread, inside }) => isAtHome && (thread === cast.python || inside !== undefined),
  Py_FinalizeEx: finalizes,
  Py_Initialize: beginsAgain,
  'register an atexit callback': (world, reader, caller) =>
    !reader.hasAtexitCallback(world, caller.interpreter) && leavesSomething(world, reader, caller),
  'leave an object with a finalizer': (world, reader, caller) =>
    !reader.hasFinalizer(world, caller.interpreter) && leavesSomething(world, reader, caller),
  'start a Python thread': startsThread,
  'start a threading thread': startsThread,
  'start a daemon thread': startsThread,
  // It needs the main interpreter for a moment while it starts: nobody else may hold that GIL.
  'new interpreter with its own GIL': (world, reader, caller) => needsModules(world, reader, caller) && caller.isInMain,
  'run Python': needsModules,
  Py_NewInterpreter: needsModules,
  // Which threads `threading` waits for in a sub-interpreter differs from release to release.
  Py_EndInterpreter: (world, reader, { isInMain, inside }) =>
    !reader.hasFinalized(world) && !isInMain && inside === undefined && reader.stateOf(world, cast.python) === 'not started',
}

/** Whether a thread may make this call, as things are: CPython defines what it does, and the model foretells it. */
export function isSensible(world: World, reader: WorldReader, caller: CallingThread, call: CallName): boolean {
  if (needsAttachment.includes(call) && !caller.isAttached) return false
  if (runsPython.includes(call) && caller.sharesItsThreadState) return false
  if (needsMain.includes(call) && !caller.isInMain) return false
  return rules[call]?.(world, reader, caller) ?? true
}
