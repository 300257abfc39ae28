import { Code, code } from '../code.ts'
import type { Neighbours, ProcessOrder } from '../symmetry/process-order.ts'
import type { Fields } from './fields.ts'
import { constant } from './fields.ts'
import { FormPrinter } from './print-form.ts'

const state = code`(local.get $n)`

/** The function `$sort`, which does to the vector at `$n` what `sortProcesses` says; it gives whether anything moved. */
export function printSorting(order: ProcessOrder, fields: Fields): Code {
  const sinks: Code[] = []
  const functions = order.groups.flatMap(({ neighbours }, group) =>
    neighbours.flatMap((pair, i) => {
      const name = Code.name(`$sink${group}_${i}`)
      sinks.push(code`(call ${name} ${state})`)
      const goOn = i === 0 ? [] : [code`(drop (call ${Code.name(`$sink${group}_${i - 1}`)} ${state}))`]
      return [printComparison(pair, Code.name(`$is_out_of_order${group}_${i}`), fields), printSink(pair, `${group}_${i}`, goOn, fields)]
    }),
  )
  const moved = sinks.reduce((left, right) => code`(i32.or ${left} ${right})`)
  return Code.lines([...functions, code`(func $sort (param $n i32) (result i32)\n  ${moved})`])
}

/** Whether the later of two neighbours has to come first. */
function printComparison({ comparisons }: Neighbours, name: Code, fields: Fields): Code {
  const printer = new FormPrinter(fields, { before: state, after: state })
  for (const local of ['one', 'other']) printer.local(local)
  const tests = comparisons.map(({ earlier, later }) => {
    const [one, other] = [printer.print(earlier), printer.print(later)]
    return code`(if (i32.ne (local.tee $one ${one}) (local.tee $other ${other})) (then
    (return (i32.gt_s (local.get $one) (local.get $other)))))`
  })
  return code`(func ${name} (param $n i32) (result i32) ${printer.declarations}\n${Code.lines(tests, 2)}\n  (i32.const 0))`
}

/** Exchanges two neighbours that are out of order, and then what has moved with the one before. */
function printSink({ exchange: { swapped, references } }: Neighbours, suffix: string, goOn: readonly Code[], fields: Fields): Code {
  const swaps = swapped.flatMap(([one, other]) => [
    code`(local.set $kept ${fields.read(state, one)})`,
    fields.write(state, one, fields.read(state, other)),
    fields.write(state, other, code`(local.get $kept)`),
  ])
  const renamed = references.map(({ slot, values: [one, other] }) => {
    const becomes = (value: number): Code => fields.write(state, slot, constant(value))
    return code`(if ${fields.equals(state, slot, one)} (then ${becomes(other)})
    (else (if ${fields.equals(state, slot, other)} (then ${becomes(one)}))))`
  })
  return code`(func ${Code.name(`$sink${suffix}`)} (param $n i32) (result i32) (local $kept i32)
  (if (i32.eqz (call ${Code.name(`$is_out_of_order${suffix}`)} ${state})) (then (return (i32.const 0))))
${Code.lines([...swaps, ...renamed, ...goOn], 2)}
  (i32.const 1))`
}
