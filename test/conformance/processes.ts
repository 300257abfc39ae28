import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Ids of all processes that this one has started, directly or not. */
export function descendants(ancestor: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  )
  const isBelow = (process: number): boolean => {
    const parent = parents.get(process)
    return parent !== undefined && (parent === ancestor || isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

/** The processes of these that have not ended within two seconds. */
export async function survivors(processes: readonly number[]): Promise<readonly number[]> {
  let alive = processes
  for (let round = 0; round < 100 && alive.length > 0; round++) {
    await pause(20)
    alive = alive.filter((process) => parentOf(String(process)) !== undefined)
  }
  return alive
}

/** Undefined for a process that has ended, though nobody may have asked for its status yet. */
function parentOf(process: string): number | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${process}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return state === 'Z' ? undefined : Number(parent)
  } catch {
    return undefined
  }
}
