import type { Checked, Diagnostic } from '../../foundation/diagnostic.ts'
import { shapeOf } from '../../model/language/state.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import type { CompileOptions } from './compile-options.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import type { Renaming } from './rename-identities.ts'
import { createRenaming, refuseRenaming } from './rename-identities.ts'
import { orderProcesses } from './symmetry/order-processes.ts'
import type { ProcessOrder } from './symmetry/process-order.ts'
import type { IdentityEffects } from './translate/identity-effects.ts'
import { analyseIdentityEffects } from './translate/identity-effects.ts'
import type { SlotTable } from './translate/slots.ts'
import { tabulateSlots } from './translate/slots.ts'

/** What the generated code and the interpreter have in common. */
export interface PreparedSystem {
  readonly system: TransitionSystem
  readonly properties: readonly Property[]
  readonly slots: SlotTable
  readonly layout: Layout
  readonly effects: IdentityEffects
  readonly renaming: boolean
  /** Does nothing unless `renaming`. */
  readonly rename: Renaming
  /** Without groups if no processes are interchangeable, or it was not asked for. */
  readonly order: ProcessOrder
}

/** A set of properties is a bit set in a 32-bit integer that is never negative. */
const mostProperties = 31

export function prepareSystem(
  system: TransitionSystem,
  properties: readonly Property[],
  { renaming, interchangeable = [] }: CompileOptions,
): Checked<PreparedSystem> {
  const shape = shapeOf(system.variables)
  const slots = tabulateSlots(system, shape)
  const layout = layOut(slots)
  const diagnostics = [
    ...(layout.ok ? [] : layout.diagnostics),
    ...(properties.length > mostProperties ? [tooManyProperties(properties.length)] : []),
    ...(renaming ? refuseRenaming(system, shape) : []),
  ]
  if (!layout.ok || diagnostics.length > 0) return { ok: false, diagnostics }
  const effects = analyseIdentityEffects(system, slots)
  const rename = renaming ? createRenaming(system, shape) : keep
  const order = orderProcesses(system, interchangeable, slots, { renaming })
  return { ok: true, value: { system, properties, slots, layout: layout.value, effects, renaming, rename, order } }
}

function keep(): void {}

function tooManyProperties(count: number): Diagnostic {
  return {
    code: 'MC203',
    message: `${count} properties were asked for, one search follows at most ${mostProperties}`,
    hint: 'Check them in several runs.',
    place: [],
  }
}
