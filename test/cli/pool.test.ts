import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { runTasks as RunTasks } from '../../src/cli/cells/pool.ts'
import type { Task } from '../../src/cli/cells/task.ts'
import { builtFolder } from './built-program.ts'

const { runTasks }: { readonly runTasks: typeof RunTasks } = await import(join(builtFolder, 'dist/src/cli/cells/pool.js'))

function task(reading: string, client: string): Task {
  const bounds = { threads: 1, interpreters: 1, rounds: 1 }
  return { reading, client, bounds, promises: ['no-deadlock'], limits: {}, evidence: 'shortest', earlier: [] }
}

const never = new AbortController().signal

describe('searches on several threads', () => {
  it('come back in the order they were asked for', async () => {
    const clients = ['callback-from-fresh-thread', 'attach-twice', 'swig-callback-on-python-thread']
    const results = await runTasks(
      clients.map((client) => task('status-quo.cpython-3.2', client)),
      { jobs: 2, signal: never },
    )
    expect(results.map((result) => result?.findings.map(({ cell, status }) => [cell.client, status]))).toEqual([
      [['callback-from-fresh-thread', 'never-exercised']],
      [['attach-twice', 'violated']],
      [['swig-callback-on-python-thread', 'safe']],
    ])
  })

  it('end with a bug report that names the search when a thread dies', async () => {
    const tasks = [task('status-quo.cpython-3.2', 'attach-twice'), task('nobody.knows', 'attach-twice')]
    await expect(runTasks(tasks, { jobs: 1, signal: never })).rejects.toThrow(/^MC901: the search of nobody\.knows \/ attach-twice died/)
  })

  it('stop at a signal, with what was finished until then', async () => {
    const controller = new AbortController()
    const tasks = Array.from({ length: 50 }, () => task('status-quo.cpython-3.2', 'attach-twice'))
    const results = await runTasks(tasks, { jobs: 1, signal: controller.signal, onResult: () => controller.abort() })
    expect(results.map((result) => result === undefined)).toEqual([false, ...Array.from({ length: 49 }, () => true)])
  })
})
