import { describe, expect, it } from 'vitest'
import { namedReadings } from '../../../src/model/designs/catalog.ts'
import { laterReadings } from '../../../src/model/designs/later-catalog.ts'
import { findRelease, releaseReadings, versionsOf } from '../../../src/model/designs/releases.ts'

const found = (name: string) => {
  const release = findRelease(name)
  return release && [release.reading.name, release.note]
}

describe('releases as designs', () => {
  it.each([
    ['cpython-3.12', ['cpython-3.12.release', undefined]],
    ['cpython-3.12.release', ['cpython-3.12.release', undefined]],
    ['cpython-3.12.debug', ['cpython-3.12.debug', undefined]],
    ['cpython-3.10', ['cpython-3.9.release', '3.10 behaves as 3.9']],
    ['cpython-3.10.4.debug', ['cpython-3.9.debug', '3.10.4 behaves as 3.9']],
    ['cpython-3.13.7', ['cpython-3.13.release', '3.13.7 behaves as 3.13']],
    ['cpython-3.13.8', ['cpython-3.13.8.release', undefined]],
    ['cpython-3.3', ['cpython-3.2.1.release', '3.3 behaves as 3.2.1']],
    ['cpython-2.7.18', ['cpython-2.7.release', '2.7.18 behaves as 2.7']],
  ])('finds %s', (name, expected) => expect(found(name)).toEqual(expected))

  it.each([
    ['cpython-3.1'],
    ['cpython-3.16'],
    ['cpython-4.0'],
    ['cpython-2.6'],
    ['cpython'],
    ['status-quo.cpython-3.2'],
    ['cpython-3.12.fast'],
  ])('knows nothing of %s', (name) => expect(findRelease(name)).toBeUndefined())

  it('says which versions a release stands for', () => {
    expect(['2.7', '3.2', '3.2.1', '3.9', '3.13', '3.13.8', '3.15'].map(versionsOf)).toEqual([
      '2.7',
      '3.2.0',
      '3.2.1 to 3.3',
      '3.9 to 3.10',
      '3.13.0 to 3.13.7',
      '3.13.8 and later',
      '3.15',
    ])
  })

  it('has names that no design of the debate and none since has', () => {
    const names = [...namedReadings, ...laterReadings, ...releaseReadings].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
