import { describe, expect, it } from 'vitest'
import { judgeScenario } from '../../src/judge/judge-scenario.ts'
import { JudgementMemory } from '../../src/judge/judgement-memory.ts'
import { swigCallbackOnMakerThread } from '../../src/model/clients/swig-callback.ts'
import { namedReadings } from '../../src/model/designs/catalog.ts'
import type { Scenario } from '../../src/model/scenarios/elaborate.ts'
import { promises } from '../../src/properties/catalog/catalog.ts'

function scenarioOn(name: string): Scenario {
  const found = namedReadings.find((reading) => reading.name === name)
  if (found === undefined) throw new Error(`no reading ${name}`)
  return {
    reading: name,
    policy: found.reading.policy,
    client: swigCallbackOnMakerThread,
    bounds: { threads: 1, interpreters: 2, rounds: 1 },
  }
}

async function judge(name: string, memory?: JudgementMemory) {
  const judged = await judgeScenario(scenarioOn(name), promises, memory === undefined ? {} : { memory })
  if (!judged.ok) throw new Error(JSON.stringify(judged.diagnostics))
  return judged.value.findings
}

class CountingMemory extends JudgementMemory {
  hits = 0
  override recall(...asked: Parameters<JudgementMemory['recall']>) {
    const known = super.recall(...asked)
    if (known !== undefined) this.hits += 1
    return known
  }
}

describe('judging equal models once', () => {
  it('gives what judging anew gives, replay codes included', async () => {
    const memory = new CountingMemory()
    // The client knows nothing of EnsureEx, so Coghlan's design is the status quo for it.
    await judge('status-quo.cpython-3.2', memory)
    expect(await judge('coghlan.owner-is-used', memory)).toEqual(await judge('coghlan.owner-is-used'))
    expect(memory.hits).toBe(1)
  })

  it('does not take one design for another', async () => {
    const memory = new CountingMemory()
    await judge('status-quo.cpython-3.2', memory)
    expect(await judge('dumpleton-automatic.explicit-swap-clears', memory)).toEqual(await judge('dumpleton-automatic.explicit-swap-clears'))
    expect(memory.hits).toBe(0)
  })
})
