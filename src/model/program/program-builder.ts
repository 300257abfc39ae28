import { DiagnosticError } from '../../foundation/diagnostic.ts'
import type { ActionEvent, Assignment, ProgramCall } from '../language/action.ts'
import type { Formula, Place, Term } from '../language/builder.ts'
import { add, assign, event, falsehood, integer, less, variable } from '../language/builder.ts'
import type { Sort, TypedDomain } from '../language/domain.ts'
import { range } from '../language/domain.ts'
import type { Expression } from '../language/expression.ts'
import type { SourceAnchor } from '../language/source-anchor.ts'
import type { Variable } from '../language/variable.ts'
import type { AbortClause, Choice, Meanwhile, Statement } from './statement.ts'

/** A finished program: the statements of one process and the locals they use. */
export interface Program {
  readonly process: string
  readonly body: readonly Statement[]
  readonly locals: readonly Variable[]
}

/** One arm of a nondeterministic choice. */
export interface Alternative {
  readonly says?: string
  /** Open only when this holds. */
  readonly when?: Formula
  readonly do: () => void
}

export interface StepOptions {
  /** The process blocks here until this holds. */
  readonly waitsFor?: Formula
  readonly assign?: readonly Assignment[]
  readonly events?: readonly ActionEvent[]
  /** Name of the place where the process stands before the step. */
  readonly place?: string
  /** What the place is about, such as which of several locks is waited for. */
  readonly about?: Expression
  /** Tests of the same atomic step that end the operating-system process instead. */
  readonly aborts?: readonly AbortClause[]
  /** What may happen while the process stands in front of the step. */
  readonly meanwhile?: Meanwhile
}

/** A test that ends the process with `Py_FatalError(message)`. */
export function fatalWhen(when: Formula, message: string): AbortClause {
  return { when, outcome: message, event: fatalErrorEvent }
}

/** A test that finds undefined behaviour; the event is for kinds of it that properties tell apart. */
export function undefinedWhen(when: Formula, cause: string, event: string = undefinedBehaviourEvent): AbortClause {
  return { when, outcome: cause, event }
}

/** Event that every fatal error raises, and the one that undefined behaviour raises. */
export const fatalErrorEvent = 'fatal error'
export const undefinedBehaviourEvent = 'undefined behaviour'

/**
 * Writes the program of one process, statement after statement, in the order of the C code it models. A C function is a TypeScript function
 * that takes the builder and calls `procedure`; calling it inlines it, and the call stack is kept for traces. Locals belong to a procedure:
 * two calls of the same procedure one after the other share them.
 */
export class ProgramBuilder {
  readonly process: string
  #statements: Statement[] = []
  readonly #calls: string[] = []
  /** Where the calls of the innermost callback begin: what is below may be called again. */
  readonly #callbacks: number[] = []
  #activation = 0
  #call: ProgramCall | undefined
  readonly #locals = new Map<string, Variable>()

  constructor(process: string) {
    this.process = process
  }

  /** The C function being written, for the locals' names and the call stack. A procedure that reaches itself is refused (MC112). */
  procedure<Result>(name: string, body: () => Result): Result {
    if (this.#calls.includes(name, this.#callbacks.at(-1))) {
      throw new DiagnosticError([
        {
          code: 'MC112',
          message: `${name} calls itself: ${[...this.#calls, name].join(' > ')}.`,
          hint: 'Programs are inlined and must be finite: bound the recursion by hand, one procedure per level.',
          place: [`process ${this.process}`],
        },
      ])
    }
    if (this.#calls.length === 0) this.#activation += 1
    this.#calls.push(name)
    const result = body()
    this.#calls.pop()
    return result
  }

  /**
   * Code of the client's that C code calls: a finalizer, an atexit callback. It may call the C functions that it is called from, once more
   * for each callback it is in; locals are its own.
   */
  callback<Result>(name: string, body: () => Result): Result {
    this.#calls.push(name)
    this.#callbacks.push(this.#calls.length)
    const result = body()
    this.#callbacks.pop()
    this.#calls.pop()
    return result
  }

  /**
   * What the body writes is this call of the API, for whoever makes the calls of a trace again; with `undefined`, the program's own code
   * after all. `resultOf` says where the program keeps what the call returned.
   */
  call<Result>(
    begun: Omit<ProgramCall, 'result'> | undefined,
    body: () => Result,
    resultOf: (result: Result) => Expression | undefined = () => undefined,
  ): Result {
    const outer = this.#call
    // Its statements refer to it before its result is known.
    const call: { -readonly [Field in keyof ProgramCall]: ProgramCall[Field] } | undefined = begun && { ...begun }
    this.#call = call
    const result = body()
    this.#call = outer
    const kept = resultOf(result)
    if (call !== undefined && kept !== undefined) call.result = kept
    return result
  }

  /** A local of the current procedure; asking twice for one name gives the same variable. */
  local<S extends Sort>(name: string, domain: TypedDomain<S>, role: 'local' | 'monitor' = 'local'): Place<S> {
    const callbacks = this.#callbacks.map((start) => this.#calls[start - 1] ?? '')
    const full = [this.process, ...callbacks, ...this.#calls.slice(this.#callbacks.at(-1) ?? 0).slice(-1), name].join('.')
    const handle = variable(full, domain, { role, says: name })
    if (!this.#locals.has(full)) this.#locals.set(full, handle.declaration)
    return handle.at()
  }

  /**
   * Keeps a value in a local of the current procedure. What a procedure returns is one of its own locals, good until it is called again:
   * a caller that needs it longer keeps it.
   */
  keep<S extends Sort>(name: string, domain: TypedDomain<S>, value: Term<NoInfer<S>>): Place<S> {
    const place = this.local(name, domain)
    this.quietly([assign(place, value)])
    return place
  }

  /** An atomic step: the assignments happen at once. */
  step(says: string, source: SourceAnchor | undefined, options: StepOptions | readonly Assignment[] = {}): void {
    const { assign: assignments = [], events = [], aborts = [], ...rest } = isAssignments(options) ? { assign: options } : options
    this.#push({ kind: 'step', ...this.#told(says, source), assignments, events, aborts, ...rest })
  }

  /** An atomic step that readers of traces need not see: bookkeeping of locals and monitors. */
  quietly(assignments: readonly Assignment[], events: readonly ActionEvent[] = []): void {
    this.#push({ kind: 'step', ...this.#told(), assignments, events, aborts: [] })
  }

  /** A branch. The test is a step of its own. */
  when(condition: Formula, then: () => void, otherwise: () => void = () => undefined, says?: string, source?: SourceAnchor): void {
    this.#push({
      kind: 'branch',
      ...this.#told(says, source),
      condition,
      then: this.#block(then),
      otherwise: this.#block(otherwise),
    })
  }

  /** Goes on with any one alternative: the checker tries all. */
  choose(alternatives: readonly Alternative[]): void {
    const choice: Choice = {
      kind: 'choice',
      alternatives: alternatives.map(({ says, when, do: body }) => ({
        ...this.#told(says),
        ...(when === undefined ? {} : { when }),
        body: this.#block(body),
      })),
    }
    this.#push(choice)
  }

  loop(condition: Formula, body: () => void): void {
    this.#push({ kind: 'loop', ...this.#told(), condition, body: this.#block(body) })
  }

  /** Does the body this many times. */
  repeat(name: string, times: number, body: () => void): void {
    if (times === 1) {
      body()
      return
    }
    const round = this.local(name, range(0, times))
    this.quietly([assign(round, integer(0))])
    this.loop(less(round, integer(times)), () => {
      body()
      this.quietly([assign(round, add(round, integer(1)))])
    })
  }

  /** `Py_FatalError(message)`: the whole process aborts. */
  fatal(message: string, source?: SourceAnchor): void {
    this.#abort(message, `fatal error: ${message}`, fatalErrorEvent, source)
  }

  /** The C standard stops saying anything here: freed memory used, NULL dereferenced. */
  undefinedBehaviour(cause: string, source?: SourceAnchor): void {
    this.#abort(cause, `undefined behaviour: ${cause}`, undefinedBehaviourEvent, source)
  }

  /** The process ends here: `pthread_exit`. What is written after it in the same block is never reached. */
  end(says: string, source?: SourceAnchor, events: readonly ActionEvent[] = []): void {
    this.#push({ kind: 'end', ...this.#told(says, source), events })
  }

  /** The process sleeps here for ever, on purpose: for deadlocks it counts as ended. The place has this name. */
  standStill(place: string, source?: SourceAnchor): void {
    const nothing = { assignments: [], events: [], aborts: [] }
    this.#push({ kind: 'step', ...this.#told(place, source), ...nothing, waitsFor: falsehood, place, rests: true })
  }

  /** `fatal` when the condition holds. */
  fatalIf(condition: Formula, message: string, source?: SourceAnchor): void {
    this.when(condition, () => this.fatal(message, source))
  }

  finish(): Program {
    return { process: this.process, body: this.#statements, locals: [...this.#locals.values()] }
  }

  #abort(message: string, says: string, name: string, source?: SourceAnchor): void {
    this.#push({ kind: 'abort', ...this.#told(says, source), outcome: message, events: [event(name)] })
  }

  #block(body: () => void): readonly Statement[] {
    const outer = this.#statements
    this.#statements = []
    body()
    const inner = this.#statements
    this.#statements = outer
    return inner
  }

  #push(statement: Statement): void {
    this.#statements.push(statement)
  }

  #told(says?: string, source?: SourceAnchor): Pick<Statement & { kind: 'step' }, 'says' | 'source' | 'calls' | 'activation' | 'call'> {
    return {
      calls: [...this.#calls],
      ...(this.#call === undefined ? {} : { call: this.#call }),
      ...(this.#calls.length === 0 ? {} : { activation: this.#activation }),
      ...(says === undefined ? {} : { says }),
      ...(source === undefined ? {} : { source }),
    }
  }
}

function isAssignments(options: StepOptions | readonly Assignment[]): options is readonly Assignment[] {
  return Array.isArray(options)
}
