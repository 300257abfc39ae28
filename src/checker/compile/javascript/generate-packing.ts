import { Code, code } from '../code.ts'
import type { Field, Layout } from '../layout.ts'
import { maskOf, word } from '../layout.ts'

/** The functions `pack(values, vectors, offset)` and `unpack(vectors, offset, values)` of a layout. */
export function generatePacking(layout: Layout): Code {
  const words = Array.from({ length: layout.wordCount }, (_, at) => generateWord(layout, at))
  const constants = layout.constants.map(({ slot, value }) => code`values[${slot}] = ${value}`)
  return code`function pack(values, vectors, offset) {
${Code.lines(words, 2)}
}
function unpack(vectors, offset, values) {
${Code.lines([...constants, ...layout.fields.map(generateValue)], 2)}
}`
}

function generateWord(layout: Layout, at: number): Code {
  const parts = layout.fields
    .filter((field) => field.word === at)
    .map(({ slot, shift, lowest }) => {
      const value = lowest === 0 ? code`values[${slot}]` : code`(${plus(code`values[${slot}]`, -lowest)})`
      return shift === 0 ? value : code`(${value} << ${shift})`
    })
  return code`vectors[offset + ${at}] = ${parts.length === 0 ? code`0` : Code.join(parts, code` | `)}`
}

function generateValue({ slot, word: at, shift, bits, lowest }: Field): Code {
  const moved = shift === 0 ? code`vectors[offset + ${at}]` : code`vectors[offset + ${at}] >>> ${shift}`
  const field = shift + bits === word.bits ? moved : code`${shift === 0 ? moved : code`(${moved})`} & ${maskOf(bits)}`
  return code`values[${slot}] = ${lowest === 0 ? field : plus(code`(${field})`, lowest)}`
}

function plus(value: Code, number: number): Code {
  return number < 0 ? code`${value} - ${-number}` : code`${value} + ${number}`
}
