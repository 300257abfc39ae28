import { describe, expect, it } from 'vitest'
import { exportModel } from '../../src/export/export-model.ts'
import { exportTargets } from '../../src/export/export-request.ts'
import {
  action,
  actor,
  add,
  after,
  and,
  assign,
  equal,
  happens,
  integer,
  less,
  literal,
  not,
  truth,
  variable,
} from '../../src/model/language/builder.ts'
import { boolean, range, scalarset } from '../../src/model/language/domain.ts'
import type { TransitionSystem } from '../../src/model/language/transition-system.ts'
import type { Property } from '../../src/properties/language/property.ts'
import { smallSystems } from '../support/systems.ts'

const endings = { promela: '.pml', murphi: '.m', tla: '.tla', etf: '.etf' }

function textOf(target: (typeof exportTargets)[number], system: TransitionSystem, properties: readonly Property[] = []): string {
  const expects = { kind: 'not-counted', reason: 'this is a test' } as const
  const files = exportModel(target, { system, properties, about: { title: system.name, chosen: [], expects }, fileName: 'model' })
  if (!files.ok) throw new Error(files.diagnostics[0]?.message)
  return files.value.get(endings[target]) ?? ''
}

/** Of the mutex, one of each kind. */
function mutexProperties(): readonly Property[] {
  const thread = scalarset('thread', { interchangeable: 2 })
  const inside = variable('inside', range(0, 2), { role: 'monitor' }).at()
  return [
    { kind: 'invariant', name: 'one-inside', says: 'At most one thread is inside.', holds: less(inside, integer(2)) },
    {
      kind: 'forbidden-transition',
      name: 'right-never-leads',
      says: 'The right thread never goes inside when that makes two.',
      forbids: and(
        happens('enters'),
        equal(actor(thread), literal(thread, 1)),
        equal(after(inside), add(inside, integer(1))),
        equal(inside, integer(1)),
      ),
    },
    { kind: 'no-deadlock', name: 'no-deadlock', says: 'Nobody waits for ever.' },
    { kind: 'can-always-reach', name: 'can-leave', says: 'Both can leave.', goal: equal(inside, integer(0)) },
  ]
}

describe.each(exportTargets)('a model for %s', (target) => {
  it('reads like the model: a lock with properties', async () => {
    await expect(textOf(target, smallSystems.mutex, mutexProperties())).toMatchFileSnapshot(`../golden/export/mutex${endings[target]}`)
  })

  it('says how identities are handed out and forgotten', async () => {
    const text = textOf(target, smallSystems.interpretersWithThreadStates)
    await expect(text).toMatchFileSnapshot(`../golden/export/interpreters${endings[target]}`)
  })

  it('is the same text for the same model', () => {
    expect(textOf(target, smallSystems.pool)).toBe(textOf(target, smallSystems.pool))
  })

  it('takes nothing but letters and digits of a name, so that no name can be code', () => {
    const evil = '*/ } assert(false) /* " \n-- \n\\* ==== \\\n#define true false'
    const flag = variable(evil, boolean, { says: evil })
    const system: TransitionSystem = {
      name: evil,
      processes: ['one'],
      variables: [flag.declaration],
      actions: [action(evil, { when: not(flag.at()), assign: [assign(flag.at(), truth)] })],
      final: truth,
      allocations: [],
    }

    const [harmless, code] = [/\/\*[\s\S]*?\*\/|^\s*--.*|^%.*|^\s*\\\*.*|\x22[^\x22\n]*\x22/gm, /#define true|assert\(false\)|\n-- *\n/]
    const text = textOf(target, system, [{ kind: 'invariant', name: evil, says: evil, holds: truth }])

    expect(text.replace(harmless, '')).not.toMatch(code)
  })

  it('lists the properties that it cannot say', () => {
    expect(textOf(target, smallSystems.mutex, mutexProperties())).toMatch(/cannot be said here:\n\W*can-leave \(can-always-reach\)/)
  })

  it('is refused where a number could pass what the target counts with', () => {
    const wide = variable('wide', range(0, 2 ** 31 - 1))
    const system: TransitionSystem = {
      ...smallSystems.counter,
      variables: [wide.declaration],
      actions: [action('tick', { assign: [assign(wide.at(), add(wide.at(), integer(1)))] })],
      final: truth,
    }
    const about = { title: '', chosen: [], expects: { kind: 'not-counted', reason: '' } } as const

    expect(exportModel(target, { system, properties: [], about, fileName: 'model' })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'MC801', place: [target === 'etf' ? 'variable wide' : 'action tick'] }],
    })
  })
})
