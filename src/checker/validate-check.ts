import type { Diagnostic } from '../foundation/diagnostic.ts'
import type { TransitionSystem } from '../model/language/transition-system.ts'
import { validateSystem } from '../model/language/validate.ts'
import type { Property } from '../properties/language/property.ts'
import { validateProperty } from '../properties/language/validate-property.ts'
import type { CheckOptions } from './check-options.ts'
import { noWebAssembly } from './no-web-assembly.ts'
import { identityRenaming } from './reduce/identity-renaming.ts'
import { processSymmetry } from './reduce/process-symmetry.ts'
import { badLimit, validateCount, validateLimits } from './search-limits.ts'

/** Everything wrong with a system, properties and options that are to be checked together. */
export function validateCheck(system: TransitionSystem, properties: readonly Property[], options: CheckOptions): readonly Diagnostic[] {
  const validated = validateSystem(system)
  return [
    ...(validated.ok ? properties.flatMap((property) => validateProperty(system, property)) : validated.diagnostics),
    ...namesUsedTwice(properties),
    ...validateLimits(options.limits ?? {}, { hasClock: options.now !== undefined }),
    ...validateSearch(options),
    ...refusedEngine(options),
    ...refusedReductions(properties, options),
  ]
}

function namesUsedTwice(properties: readonly Property[]): readonly Diagnostic[] {
  const names = properties.map(({ name }) => name)
  return names
    .filter((name, i) => names.indexOf(name) < i)
    .map((name) => ({
      code: 'MC106',
      message: `found two properties with this name; expected one`,
      hint: 'Give one of them another name.',
      place: [`property ${name}`],
    }))
}

function validateSearch({ search, limits }: CheckOptions): readonly Diagnostic[] {
  if (search?.kind !== 'random-walk') return []
  const { seed, walks, depth } = search
  const diagnostics = [...validateCount(walks, 'random walk, walks', 'walks'), ...validateCount(depth, 'random walk, depth', 'steps')]
  if (seed !== (seed | 0)) {
    diagnostics.push(badLimit('random walk, seed', `found ${seed}; expected a 32-bit integer`))
  }
  if (limits?.depth !== undefined) {
    diagnostics.push(
      badLimit('limit on depth', `found ${limits.depth} beside a random walk of depth ${depth}`, 'Give one depth: that of the search.'),
    )
  }
  return diagnostics
}

function refusedReductions(properties: readonly Property[], { reductions = [] }: CheckOptions): readonly Diagnostic[] {
  return [identityRenaming, processSymmetry]
    .filter(({ name }) => reductions.some((asked) => asked === name))
    .flatMap((reduction) =>
      properties
        .filter(({ kind }) => !reduction.preserves.has(kind))
        .map(({ name, kind }) => ({
          code: 'MC301',
          message: `${reduction.name} does not preserve ${kind} properties (${reduction.theorem})`,
          hint: 'Check this property in a run without the reduction.',
          place: [`property ${name}`],
        })),
    )
}

/** Where neither an engine nor helpers are asked for, some engine can do it. */
function refusedEngine({ engine = 'generated', search, helpers }: CheckOptions): readonly Diagnostic[] {
  if (engine !== 'webassembly' && helpers === undefined) return []
  if (engine === 'javascript' || engine === 'reference')
    return [noWebAssembly(`several threads need it, and the engine is to be ${engine}`)]
  return search === undefined || search.kind === 'breadth-first' ? [] : [noWebAssembly(`a ${search.kind} search is done in JavaScript`)]
}
