import { InternalError } from '../../foundation/diagnostic.ts'

type Part = string | number | Code

/** Stands for a number in a skeleton; no code has it, as literals escape it. */
const hole = '\u0001'

/**
 * A piece of generated code, JavaScript or WebAssembly text. Only `code`, `Code.name`, `Code.bytes`, `Code.remark`, `Code.join` and
 * `Code.lines` make one, so a plain string can never become code.
 */
export class Code {
  static readonly nothing = new Code([''], [])
  /** What stands before each part, and after the last. */
  readonly #between: readonly string[]
  readonly #parts: readonly Part[]
  readonly #isRemark: boolean

  private constructor(between: readonly string[], parts: readonly Part[], isRemark = false) {
    this.#between = between
    this.#parts = parts
    this.#isRemark = isRemark
  }

  /** Template tag: nested Code is inserted as it is, every other value as a literal. */
  static template(strings: TemplateStringsArray, ...values: readonly (Code | string | number | boolean)[]): Code {
    const isReady = values.every((value) => typeof value === 'number' || value instanceof Code)
    return new Code(strings, isReady ? (values as readonly Part[]) : values.map(partOf))
  }

  static name(text: string): Code {
    if (!/^[A-Za-z_$][\w$]*$/.test(text)) throw new InternalError('MC901', `${JSON.stringify(text)} is not an identifier`)
    return new Code([text], [])
  }

  /** A string literal of WebAssembly text, each byte by its number. */
  static bytes(bytes: Uint8Array): Code {
    return new Code([`"${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}"`], [])
  }

  /** A comment that takes the rest of its line: for readers only. */
  static remark(text: string): Code {
    return new Code([`// ${literalText(text)}`], [], true)
  }

  static join(parts: readonly Code[], separator: Code): Code {
    return new Code(['', ...parts.slice(1).map(() => separator.text), ''], parts)
  }

  /** The parts one below the other, each moved right by `spaces`; the lines of a part after its first stay where they are. */
  static lines(parts: readonly Code[], spaces = 0): Code {
    const margin = ' '.repeat(spaces)
    return new Code([margin, ...parts.slice(1).map(() => `\n${margin}`), ''], parts)
  }

  get text(): string {
    const between = this.#between
    let text = between[0] ?? ''
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i] as Part
      text += (part instanceof Code ? part.text : part) + (between[i + 1] as string)
    }
    return text
  }

  /** The text without remarks and without its numbers, which are added to the list; numbers of more than 32 bits stay in it. */
  skeleton(numbers: number[]): string {
    if (this.#isRemark) return ''
    const between = this.#between
    let text = between[0] ?? ''
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i] as Part
      if (part instanceof Code) text += part.skeleton(numbers)
      else if (typeof part === 'number' && part === (part | 0)) {
        numbers.push(part)
        text += hole
      } else text += part
      text += between[i + 1] as string
    }
    return text
  }
}

export const code = Code.template

/** A skeleton with `numbers[0]`, `numbers[1]` and so on where numbers were. */
export function withNumbersFromTable(skeleton: string): string {
  return skeleton.split(hole).reduce((text, next, i) => `${text}numbers[${i - 1}]${next}`)
}

/** A bit set: the bits of the conditions that hold. */
export function bitSet(parts: readonly { readonly condition: Code; readonly bit: number }[]): Code {
  const choices = parts.map(({ condition, bit }) => code`${condition} ? ${bit} : 0`)
  if (choices.length === 0) return code`0`
  return choices.length === 1 ? Code.join(choices, Code.nothing) : code`(${Code.join(choices, code`) | (`)})`
}

function partOf(value: Code | string | number | boolean): Part {
  return typeof value === 'number' || value instanceof Code ? value : literalText(value)
}

/** JSON, except that the two line ends which JavaScript knows and JSON does not are escaped: a literal may stand in a line comment. */
function literalText(value: string | boolean): string {
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
