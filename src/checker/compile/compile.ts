import type { Checked } from '../../foundation/diagnostic.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import { noWebAssembly } from '../no-web-assembly.ts'
import { Identities } from './collect.ts'
import type { CompileOptions } from './compile-options.ts'
import type { CompiledSystem } from './compiled-system.ts'
import { initialValues, interpretPrepared } from './interpreted-system.ts'
import { FunctionCache } from './javascript/function-cache.ts'
import { loadProgram } from './javascript/load-program.ts'
import { Packing } from './javascript/packing.ts'
import { printProgram } from './javascript/print-program.ts'
import { explainFailure } from './javascript/runtime.ts'
import type { PreparedSystem } from './prepare-system.ts'
import { prepareSystem } from './prepare-system.ts'
import { concreteActions } from './symmetry/concrete-actions.ts'
import { translateSystem } from './translate/translate-system.ts'
import { printModule } from './webassembly/print-module.ts'

/** Generated functions of all systems compiled so far, up to so many characters; `prove` needs one million. */
const functions = new FunctionCache(8_000_000)

/**
 * Turns a valid system with valid properties into generated JavaScript. Refuses a state that is too wide, too many properties, and renaming
 * where it is not sound. Cost: a few milliseconds; each action is translated when a state first reaches it.
 */
export function compileSystem(system: TransitionSystem, properties: readonly Property[], options: CompileOptions): Checked<CompiledSystem> {
  const prepared = prepareSystem(system, properties, options)
  return prepared.ok ? { ok: true, value: compilePrepared(prepared.value) } : prepared
}

export type GeneratedLanguage = 'javascript' | 'webassembly'

/** The code that explores a system, to be read: what `compileSystem` runs, or the module for one thread in text form. */
export function printGenerated(
  system: TransitionSystem,
  properties: readonly Property[],
  options: CompileOptions,
  language: GeneratedLanguage = 'javascript',
): Checked<string> {
  const prepared = prepareSystem(system, properties, options)
  if (!prepared.ok) return prepared
  if (language === 'javascript') return { ok: true, value: printJavaScript(prepared.value) }
  const printed = printModule(prepared.value, 1)
  return 'text' in printed ? { ok: true, value: printed.text } : { ok: false, diagnostics: [noWebAssembly(printed.reason)] }
}

function printJavaScript(prepared: PreparedSystem): string {
  return printProgram(translateSystem(prepared), prepared).text
}

function compilePrepared(prepared: PreparedSystem): CompiledSystem {
  const { system, slots, layout, renaming, rename, order } = prepared
  const packing = new Packing(layout)
  const program = loadProgram(translateSystem(prepared), functions, {
    renaming,
    rename,
    order,
    createIdentities: (reusable) => new Identities(system, slots.shape, reusable),
  })
  let reference: CompiledSystem | undefined
  const explain = (): CompiledSystem => {
    reference ??= interpretPrepared(prepared)
    return reference
  }
  return {
    slotCount: slots.shape.domains.length,
    wordCount: layout.wordCount,
    initial: () => initialValues(prepared),
    pack: (values, vectors, offset) => packing.pack(values, vectors, offset),
    unpack: (vectors, offset, values) => packing.unpack(vectors, offset, values),
    concreteActions: (actions) => concreteActions(prepared, actions),
    printModule: (threads) => printModule(prepared, threads),
    expand(values, into) {
      try {
        program.expand(values, into)
      } catch (thrown) {
        explainFailure(thrown, () => explain().expand(values, into))
      }
    },
    observe(values, into) {
      try {
        program.observe(values, into)
      } catch (thrown) {
        explainFailure(thrown, () => explain().observe(values, into))
      }
    },
  }
}
