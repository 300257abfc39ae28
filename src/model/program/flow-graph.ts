import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ActionEvent, Assignment, ProgramCall, Telling } from '../language/action.ts'
import { and, not, truth } from '../language/builder.ts'
import type { Expression } from '../language/expression.ts'
import type { Program } from './program-builder.ts'
import type { Branch, Choice, Loop, Statement, Step } from './statement.ts'

/** A program as locations with edges between them. Location 0 is the start, location 1 the normal end. */
export interface FlowGraph {
  readonly program: Program
  readonly locationCount: number
  /** In the order of the program text; edges that leave one location are neighbours. */
  readonly edges: readonly Edge[]
  /** Locations in front of the steps that carry this place name, and what each is about, if that was said. */
  readonly places: ReadonlyMap<string, readonly NamedLocation[]>
  /** Locations where the process sleeps for ever on purpose. */
  readonly resting: readonly number[]
}

/** A location in front of a step with a place name. */
export interface NamedLocation {
  readonly location: number
  readonly about?: Expression
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
  /** The call of the API that the step is part of. */
  readonly call?: ProgramCall
}

export const startLocation = 0
export const endLocation = 1

/** Above this, a program is refused: a loop was probably unrolled by mistake. */
const mostLocations = 20_000

/** Lays a program out as a graph. Cost: linear in the statements. Throws MC113 when the program is too large. */
export function flowGraphOf(program: Program): FlowGraph {
  const writer = new FlowGraphWriter(program)
  writer.write(program.body, startLocation, endLocation)
  return writer.graph
}

class FlowGraphWriter {
  readonly #program: Program
  readonly #edges: Edge[] = []
  readonly #places = new Map<string, NamedLocation[]>()
  readonly #resting: number[] = []
  #locationCount = 2
  /** Of the statement being written. */
  #call: ProgramCall | undefined

  constructor(program: Program) {
    this.#program = program
  }

  get graph(): FlowGraph {
    return { program: this.#program, locationCount: this.#locationCount, edges: this.#edges, places: this.#places, resting: this.#resting }
  }

  /** Lays statements out from one location to another. A loop may be the first, and then leads back to the start like any other location. */
  write(statements: readonly Statement[], from: number, to: number): void {
    if (statements.length === 0) this.#addEdge({ from, to }, undefined)
    let here = from
    for (const [i, statement] of statements.entries()) {
      const next = i === statements.length - 1 ? to : this.#newLocation()
      this.#writeOne(statement, here, next)
      here = next
    }
  }

  #writeOne(statement: Statement, from: number, to: number): void {
    this.#call = statement.kind === 'choice' ? statement.alternatives[0]?.call : statement.call
    switch (statement.kind) {
      case 'step':
        this.#writeStep(statement, from, to)
        return
      case 'abort':
        this.#addEdge({ from, to: from, events: statement.events, outcome: statement.outcome }, tellingOf(statement))
        return
      case 'end':
        this.#addEdge({ from, to: endLocation, events: statement.events }, tellingOf(statement))
        return
      case 'branch':
        this.#writeTest(statement, from, { then: this.#enter(statement.then, to), otherwise: this.#enter(statement.otherwise, to) })
        return
      case 'loop':
        this.#writeTest(statement, from, { then: this.#enter(statement.body, from), otherwise: this.#enter([], to) })
        return
      case 'choice':
        this.#writeChoice(statement, from, to)
        return
    }
  }

  #writeStep(statement: Step, from: number, to: number): void {
    const { assignments, events, waitsFor, meanwhile, place, about } = statement
    const here = { location: from, ...(about === undefined ? {} : { about }) }
    if (place !== undefined) this.#places.set(place, [...(this.#places.get(place) ?? []), here])
    if (statement.rests) this.#resting.push(from)
    const told = tellingOf(statement)
    const mayWait = waitsFor !== undefined
    if (meanwhile !== undefined) {
      const { when, says } = meanwhile
      this.#addEdge({ from, to: from, guard: when, assignments: meanwhile.assignments, mayWait }, tellingOf({ ...statement, says }))
    }
    let guard: Expression = waitsFor ?? truth
    for (const { when, outcome, event } of statement.aborts) {
      const says = told === undefined ? outcome : `${told.says}: ${outcome}`
      const events = [{ name: event, when: truth }]
      this.#addEdge({ from, to: from, guard: conjunction(guard, when), events, mayWait, outcome }, tellingOf({ ...statement, says }))
      guard = conjunction(guard, not(when))
    }
    this.#addEdge({ from, to, guard, assignments, events, mayWait }, told)
  }

  #writeTest(statement: Branch | Loop, from: number, { then, otherwise }: { readonly then: Entry; readonly otherwise: Entry }): void {
    this.#addEdge({ from, to: then.location, guard: statement.condition }, tellingOf(statement))
    this.#addEdge({ from, to: otherwise.location, guard: not(statement.condition) }, undefined)
    then.write()
    otherwise.write()
  }

  #writeChoice({ alternatives }: Choice, from: number, to: number): void {
    const mayWait = alternatives.every(({ when }) => when !== undefined)
    const entries = alternatives.map(({ body }) => this.#enter(body, to))
    for (const [i, alternative] of alternatives.entries()) {
      this.#addEdge({ from, to: entries[i]?.location ?? to, guard: alternative.when ?? truth, mayWait }, tellingOf(alternative))
    }
    for (const entry of entries) entry.write()
  }

  /** A body that may be empty, entered by an edge: where that edge must lead. */
  #enter(body: readonly Statement[], after: number): Entry {
    if (body.length === 0) return { location: after, write: () => undefined }
    const location = this.#newLocation()
    return { location, write: () => this.write(body, location, after) }
  }

  #newLocation(): number {
    if (this.#locationCount >= mostLocations) throw tooLarge(this.#program)
    return this.#locationCount++
  }

  #addEdge(edge: Partial<Edge> & Pick<Edge, 'from' | 'to'>, told: Telling | undefined): void {
    const call = this.#call === undefined ? {} : { call: this.#call }
    this.#edges.push({
      guard: truth,
      assignments: [],
      events: [],
      mayWait: false,
      ...call,
      ...edge,
      told: told === undefined ? [] : [told],
    })
  }
}

/** Where a body begins, and how to lay it out once the edges to it are written. */
interface Entry {
  readonly location: number
  readonly write: () => void
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
