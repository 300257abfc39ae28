import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ActionEvent, Assignment, Telling } from '../language/action.ts'
import { and, not, truth } from '../language/builder.ts'
import type { Expression } from '../language/expression.ts'
import type { Program } from './program-builder.ts'
import type { Statement } from './statement.ts'

/** A program as locations with edges between them. Location 0 is the start, location 1 the normal end. */
export interface FlowGraph {
  readonly program: Program
  readonly locationCount: number
  /** In the order of the program text; edges that leave one location are neighbours. */
  readonly edges: readonly Edge[]
  /** Locations in front of the steps that carry this place name. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

/** One atomic step between two locations. */
export interface Edge {
  readonly from: number
  readonly to: number
  readonly guard: Expression
  readonly assignments: readonly Assignment[]
  readonly events: readonly ActionEvent[]
  readonly told: readonly Telling[]
  /** The process may have to wait at `from`: the edges leaving it do not cover every state. */
  readonly mayWait: boolean
  /** Set on the step that ends the whole operating-system process. */
  readonly outcome?: string
}

export const startLocation = 0
export const endLocation = 1

/** Above this, a program is refused: a loop was probably unrolled by mistake. */
const mostLocations = 20_000

/** Lays a program out as a graph. Cost: linear in the statements. Throws MC113 when the program is too large. */
export function flowGraphOf(program: Program): FlowGraph {
  const edges: Edge[] = []
  const places = new Map<string, number[]>()
  let locationCount = 2

  const newLocation = (): number => {
    if (locationCount >= mostLocations) throw tooLarge(program)
    return locationCount++
  }
  const addEdge = (statement: Partial<Edge> & { from: number; to: number }, told: Telling | undefined): void => {
    edges.push({
      guard: truth,
      assignments: [],
      events: [],
      mayWait: false,
      ...statement,
      told: told === undefined ? [] : [told],
    })
  }

  /** Lays statements out from one location to another. */
  const layOut = (statements: readonly Statement[], from: number, to: number): void => {
    let here = from
    for (const [i, statement] of statements.entries()) {
      const next = i === statements.length - 1 ? to : newLocation()
      layOutOne(statement, here, next)
      here = next
    }
  }
  /** A body that may be empty, entered by an edge: where that edge must lead. */
  const enter = (body: readonly Statement[], after: number): { readonly entry: number; readonly write: () => void } => {
    if (body.length === 0) return { entry: after, write: () => undefined }
    const entry = newLocation()
    return { entry, write: () => layOut(body, entry, after) }
  }
  const layOutOne = (statement: Statement, from: number, to: number): void => {
    switch (statement.kind) {
      case 'step': {
        if (statement.place !== undefined) places.set(statement.place, [...(places.get(statement.place) ?? []), from])
        const { assignments, events, waitsFor, meanwhile } = statement
        const told = tellingOf(statement)
        const mayWait = waitsFor !== undefined
        if (meanwhile !== undefined) {
          const { when, says } = meanwhile
          addEdge({ from, to: from, guard: when, assignments: meanwhile.assignments, mayWait }, tellingOf({ ...statement, says }))
        }
        let guard: Expression = waitsFor ?? truth
        for (const { when, outcome, event } of statement.aborts) {
          const says = told === undefined ? outcome : `${told.says}: ${outcome}`
          addEdge(
            { from, to: from, guard: conjunction(guard, when), events: [{ name: event, when: truth }], mayWait, outcome },
            tellingOf({ ...statement, says }),
          )
          guard = conjunction(guard, not(when))
        }
        addEdge({ from, to, guard, assignments, events, mayWait }, told)
        return
      }
      case 'abort':
        addEdge({ from, to: from, events: statement.events, outcome: statement.outcome }, tellingOf(statement))
        return
      case 'branch': {
        const then = enter(statement.then, to)
        const otherwise = enter(statement.otherwise, to)
        addEdge({ from, to: then.entry, guard: statement.condition }, tellingOf(statement))
        addEdge({ from, to: otherwise.entry, guard: not(statement.condition) }, undefined)
        then.write()
        otherwise.write()
        return
      }
      case 'choice': {
        const bodies = statement.alternatives.map((alternative) => enter(alternative.body, to))
        for (const [i, alternative] of statement.alternatives.entries()) {
          const guard = alternative.when
          const waits = statement.alternatives.every((other) => other.when !== undefined)
          addEdge({ from, to: bodies[i]?.entry ?? to, guard: guard ?? truth, mayWait: waits }, tellingOf(alternative))
        }
        for (const body of bodies) body.write()
        return
      }
      case 'loop': {
        const body = enter(statement.body, from)
        addEdge({ from, to: body.entry, guard: statement.condition }, tellingOf(statement))
        addEdge({ from, to, guard: not(statement.condition) }, undefined)
        body.write()
        return
      }
    }
  }

  if (program.body.length === 0) addEdge({ from: startLocation, to: endLocation }, undefined)
  // A loop may be the first statement, and then returns to the start: that is a location like any other.
  layOut(program.body, startLocation, endLocation)
  return { program, locationCount, edges, places }
}

/** Both hold; a trivial side is left out. */
export function conjunction(left: Expression, right: Expression): Expression {
  if (left.kind === 'literal' && left.value === 1) return right
  return right.kind === 'literal' && right.value === 1 ? left : and(left, right)
}

function tellingOf({ says, calls, activation, source }: Partial<Telling> & Pick<Telling, 'calls'>): Telling | undefined {
  if (says === undefined) return undefined
  return { says, calls, ...(activation === undefined ? {} : { activation }), ...(source === undefined ? {} : { source }) }
}

function tooLarge(program: Program): DiagnosticError {
  return new DiagnosticError([
    {
      code: 'MC113',
      message: `The program of ${program.process} has more than ${mostLocations} locations.`,
      hint: 'Use repeat() with a counter instead of writing the same statements out, or lower the bounds.',
      place: [`process ${program.process}`],
    },
  ])
}
