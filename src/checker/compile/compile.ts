import type { Checked } from '../../foundation/diagnostic.ts'
import { InternalError } from '../../foundation/diagnostic.ts'
import type { TransitionSystem } from '../../model/language/transition-system.ts'
import type { Property } from '../../properties/language/property.ts'
import { noWebAssembly } from '../no-web-assembly.ts'
import { Code, code } from './code.ts'
import type { Reusable } from './collect.ts'
import { Identities } from './collect.ts'
import type { CompileOptions } from './compile-options.ts'
import type { CompiledSystem } from './compiled-system.ts'
import { initialValues, interpretPrepared } from './interpreted-system.ts'
import { generateObservation } from './javascript/generate-observation.ts'
import { generatePacking } from './javascript/generate-packing.ts'
import { generateSorting } from './javascript/generate-sorting.ts'
import { generateSuccessors } from './javascript/generate-successors.ts'
import { begin, countMembers, everyMember, explainFailure, fail, inDomain, someMember, within } from './javascript/runtime.ts'
import type { PreparedSystem } from './prepare-system.ts'
import { prepareSystem } from './prepare-system.ts'
import { concreteActions } from './symmetry/concrete-actions.ts'
import { translateSystem } from './translate/translate-system.ts'
import { printModule } from './webassembly/print-module.ts'

type GeneratedFunctions = Pick<CompiledSystem, 'pack' | 'unpack' | 'expand' | 'observe'>

/**
 * Turns a valid system with valid properties into generated JavaScript. Refuses a state that is too wide, too many properties, and renaming
 * where it is not sound. Cost: about 15 ms for 600 actions once V8 is warm.
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
  if (language === 'javascript') return { ok: true, value: generate(prepared.value).text }
  const printed = printModule(prepared.value, 1)
  return 'text' in printed ? { ok: true, value: printed.text } : { ok: false, diagnostics: [noWebAssembly(printed.reason)] }
}

function generate(prepared: PreparedSystem): Code {
  const translated = translateSystem(prepared)
  return Code.join(
    [
      code`'use strict'`,
      generatePacking(prepared.layout),
      generateSuccessors(translated, prepared),
      ...(prepared.order.groups.length === 0 ? [] : [generateSorting(prepared.order)]),
      generateObservation(translated.observation),
      code`return { pack, unpack, expand, observe }`,
    ],
    code`\n`,
  )
}

function compilePrepared(prepared: PreparedSystem): CompiledSystem {
  const { system, slots, layout, rename } = prepared
  const generated = run(generate(prepared), {
    begin,
    within,
    inDomain,
    fail,
    someMember,
    everyMember,
    countMembers,
    rename,
    createIdentities: (reusable: readonly Reusable[]) => new Identities(system, slots.shape, reusable),
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
    pack: generated.pack,
    unpack: generated.unpack,
    concreteActions: (actions) => concreteActions(prepared, actions),
    printModule: (threads) => printModule(prepared, threads),
    expand(values, into) {
      try {
        generated.expand(values, into)
      } catch (thrown) {
        explainFailure(thrown, () => explain().expand(values, into))
      }
    },
    observe(values, into) {
      try {
        generated.observe(values, into)
      } catch (thrown) {
        explainFailure(thrown, () => explain().observe(values, into))
      }
    },
  }
}

/** Evaluates generated code under the given names. */
function run(generated: Code, given: Readonly<Record<string, unknown>>): GeneratedFunctions {
  try {
    return new Function(...Object.keys(given), generated.text)(...Object.values(given)) as GeneratedFunctions
  } catch (cause) {
    throw new InternalError('MC901', `generated code cannot be evaluated:\n${generated.text}\n`, { cause })
  }
}
