import { InternalError } from '../../foundation/diagnostic.ts'

/**
 * A piece of generated code, JavaScript or WebAssembly text. Only `code`, `Code.name`, `Code.bytes` and `Code.join` make one, so a plain string
 * can never become code.
 */
export class Code {
  static readonly nothing = new Code('')
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  /** Template tag: nested Code is inserted as it is, every other value as a literal. */
  static template(strings: TemplateStringsArray, ...parts: readonly (Code | string | number | boolean)[]): Code {
    let text = strings[0] ?? ''
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Code | string | number | boolean
      text += (part instanceof Code ? part.text : literalText(part)) + (strings[i + 1] ?? '')
    }
    return new Code(text)
  }

  static name(text: string): Code {
    if (!/^[A-Za-z_$][\w$]*$/.test(text)) throw new InternalError('MC901', `${JSON.stringify(text)} is not an identifier`)
    return new Code(text)
  }

  /** A string literal of WebAssembly text, each byte by its number. */
  static bytes(bytes: Uint8Array): Code {
    return new Code(`"${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}"`)
  }

  static join(parts: readonly Code[], separator: Code): Code {
    let text = parts[0]?.text ?? ''
    for (let i = 1; i < parts.length; i++) text += separator.text + (parts[i]?.text ?? '')
    return new Code(text)
  }

  /** The parts one below the other, each moved right by `spaces`; the lines of a part after its first stay where they are. */
  static lines(parts: readonly Code[], spaces = 0): Code {
    const margin = ' '.repeat(spaces)
    let text = ''
    for (const part of parts) text += text === '' ? margin + part.text : `\n${margin}${part.text}`
    return new Code(text)
  }
}

export const code = Code.template

/** A bit set: the bits of the conditions that hold. */
export function bitSet(parts: readonly { readonly condition: Code; readonly bit: number }[]): Code {
  const choices = parts.map(({ condition, bit }) => code`${condition} ? ${bit} : 0`)
  if (choices.length === 0) return code`0`
  return choices.length === 1 ? Code.join(choices, Code.nothing) : code`(${Code.join(choices, code`) | (`)})`
}

/** JSON, except that the two line ends which JavaScript knows and JSON does not are escaped: a literal may stand in a line comment. */
function literalText(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
