import type { Reproduction, ReproductionStep } from './reproduction.ts'

/** C variables for the results of calls and for what is there from the start. */
export class CNames {
  readonly #reproduction: Reproduction

  constructor(reproduction: Reproduction) {
    this.#reproduction = reproduction
  }

  /** "static PyThreadState *made_1;", one for each result that is kept. */
  declarations(): readonly string[] {
    return this.#reproduction.steps.flatMap((step) => {
      const type = typeOfResult(step.call)
      if (type === undefined || step.result === undefined) return []
      const declaration = `static ${type}${type.endsWith('*') ? '' : ' '}${identifier(step.result)};`
      return makesInterpreter(step) && type !== 'PyInterpreterState *'
        ? [declaration, `static PyInterpreterState *${interpreterOf(step.result)};`]
        : [declaration]
    })
  }

  /** An operand as a C expression. */
  operand(name: string): string {
    switch (name) {
      case 'main':
        return 'main_interpreter'
      case 'main thread state':
        return 'main_thread_state'
      case 'current':
        return 'PyThreadState_Get()'
      case 'NULL':
      case 'PyGILState_LOCKED':
      case 'PyGILState_UNLOCKED':
        return name
      default:
        return name.endsWith("'") ? interpreterOf(name.slice(0, -1)) : identifier(name)
    }
  }

  /** Interpreters are numbered as they are made; the main one is 0. */
  numberOf(interpreter: string): number {
    const made = this.#reproduction.steps.filter(makesInterpreter)
    return made.findIndex(({ result = '' }) => interpreter === result || interpreter === `${result}'`) + 1
  }
}

export function identifier(name: string): string {
  return name.replace(/\W/g, '_')
}

function interpreterOf(result: string): string {
  return `interpreter_of_${identifier(result)}`
}

export function makesInterpreter({ call }: ReproductionStep): boolean {
  return call === 'Py_NewInterpreter' || call === 'new interpreter with its own GIL' || call === 'PyInterpreterState_New'
}

/** The statement that keeps the interpreter of a thread state just made, whatever becomes of the thread state. */
export function keepInterpreter(result: string): string {
  return `${interpreterOf(result)} = ${identifier(result)}->interp;`
}

/** C type of what a call returns; undefined where nothing is kept. */
export function typeOfResult(call: string): string | undefined {
  switch (call) {
    case 'PyGILState_Ensure':
      return 'PyGILState_STATE'
    case 'PyInterpreterState_New':
      return 'PyInterpreterState *'
    case 'PyInterpreterGuard_FromCurrent':
    case 'PyInterpreterGuard_FromView':
      return 'PyInterpreterGuard *'
    case 'PyInterpreterView_FromCurrent':
    case 'PyInterpreterView_FromMain':
      return 'PyInterpreterView *'
    case 'PyThreadState_Ensure':
    case 'PyThreadState_EnsureFromView':
      return 'PyThreadStateToken *'
    case 'PyGILState_GetThisThreadState':
    case 'PyThreadState_New':
    case 'PyThreadState_Get':
    case 'PyThreadState_Swap':
    case 'PyEval_SaveThread':
    case 'Py_NewInterpreter':
    case 'new interpreter with its own GIL':
      return 'PyThreadState *'
    default:
      return undefined
  }
}
