import type { World, WorldReader } from '../predict/world.ts'
import type { CallName, OperandKind } from '../schedule/calls.ts'
import { shapeOf } from '../schedule/calls.ts'
import type { ScheduledCall } from '../schedule/schedule.ts'

/** Calls that let Python code of CPython's own run, which gives the GIL to whoever waits at a moment nobody can foretell. */
const runsStartUpCode: readonly CallName[] = [
  'Py_NewInterpreter',
  'new interpreter with its own GIL',
  'Py_EndInterpreter',
  'start a Python thread',
  'run Python',
]
/** Calls that make sense only on a thread that is attached and holds the GIL: what else they do is undefined. */
const needsAttachment: readonly CallName[] = [
  'PyThreadState_Clear',
  'Py_NewInterpreter',
  'new interpreter with its own GIL',
  'Py_EndInterpreter',
  'run Python',
  'start a Python thread',
]
/** Calls that take away a thread state others may be using. */
const takesAway: readonly CallName[] = ['PyThreadState_Clear', 'PyThreadState_Delete']

/** Calls that may be made next, with every operand that exists; those whose effect CPython leaves open are left out. */
export function candidates(world: World, reader: WorldReader, calls: readonly CallName[]): readonly Omit<ScheduledCall, 'result'>[] {
  const threads = reader.threads(world)
  const someoneWaits = threads.some(({ is }) => is === 'blocked')
  return threads.flatMap(({ name: thread, is, current }) => {
    if (is !== 'waiting for calls') return []
    return calls.flatMap((call) => {
      if (someoneWaits && runsStartUpCode.includes(call)) return []
      if (needsAttachment.includes(call) && (current === null || !reader.holdsTheGil(world, thread))) return []
      return operandsFor(world, reader, call).map((operands) => ({ thread, call, arguments: operands }))
    })
  })
}

function operandsFor(world: World, reader: WorldReader, call: CallName): readonly (readonly string[])[] {
  const [kind] = shapeOf(call).arguments
  if (kind === undefined) return [[]]
  return namesOf(world, reader, kind)
    .filter((name) => !takesAway.includes(call) || !isUsed(world, reader, name))
    .filter((name) => call !== 'Py_EndInterpreter' || name !== 'main thread state')
    .map((name) => [name])
}

function namesOf(world: World, reader: WorldReader, kind: OperandKind): readonly string[] {
  switch (kind) {
    case 'thread state': {
      const alive = new Set(reader.alive(world).map((identity) => world.threadStates.get(identity)))
      return [...world.operands.keys()].filter((name) => alive.has(name))
    }
    case 'interpreter':
      return reader.interpreters(world).map(({ name }) => name)
    case 'PyGILState_STATE':
      return ['PyGILState_LOCKED', 'PyGILState_UNLOCKED']
    default:
      return []
  }
}

/** Some thread has it attached, or waits in a call that will attach it. */
function isUsed(world: World, reader: WorldReader, name: string): boolean {
  const isCurrent = reader.threads(world).some(({ current }) => current === name)
  return isCurrent || [...world.pending.values()].some((pending) => pending.operand === name)
}
