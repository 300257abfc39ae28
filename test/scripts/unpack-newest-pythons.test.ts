import { describe, expect, it } from 'vitest'
import { debianMirrors, neededFiles, simulatedPackages, wantedPackages } from '../../scripts/unpack-newest-pythons.ts'

function urisOf(...files: readonly (readonly [name: string, text: string])[]): readonly string[] {
  return debianMirrors(files.map(([name, text]) => ({ name, text }))).map(({ uri }) => uri)
}

describe('finding a mirror in lines', () => {
  it('takes the address of a line for binary packages', () => {
    expect(urisOf(['sources.list', 'deb http://mirror.example/debian trixie main contrib\n'])).toEqual(['http://mirror.example/debian'])
  })

  it('keeps the keys that a line trusts', () => {
    const text = 'deb [arch=amd64 signed-by=/keys/one.gpg,/keys/two.gpg] http://mirror.example/debian trixie main'

    expect(debianMirrors([{ name: 'sources.list', text }])).toEqual([
      { uri: 'http://mirror.example/debian', trust: ['Signed-By: /keys/one.gpg /keys/two.gpg'] },
    ])
  })

  it('passes over comments, source packages, discs and other components', () => {
    const lines = [
      '# deb http://commented.example/debian trixie main',
      'deb-src http://source.example/debian trixie main',
      'deb cdrom:[Debian GNU/Linux 13]/ trixie main',
      'deb http://tool.example/debian trixie stable # not main',
    ]

    expect(urisOf(['sources.list', lines.join('\n')])).toEqual([])
  })
})

describe('finding a mirror in paragraphs', () => {
  it('takes every address of a paragraph', () => {
    const text = 'Types: deb deb-src\nURIs: http://one.example/debian\n http://two.example/debian\nSuites: trixie\nComponents: main\n'

    expect(urisOf(['debian.sources', text])).toEqual(['http://one.example/debian', 'http://two.example/debian'])
  })

  it('passes over a comment inside a paragraph', () => {
    const text = 'Types: deb\n# URIs: http://old.example/debian\nURIs: http://new.example/debian\nSuites: trixie\nComponents: main\n'

    expect(urisOf(['debian.sources', text])).toEqual(['http://new.example/debian'])
  })

  it('passes over a paragraph that is switched off', () => {
    const off = 'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n'
    const on = 'Types: deb\nURIs: http://on.example/debian\nSuites: trixie\nComponents: main\n'

    expect(urisOf(['debian.sources', `${off}\n${on}`])).toEqual(['http://on.example/debian'])
  })

  it('keeps a key that is written into the paragraph', () => {
    const key = 'Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----'
    const text = `Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\n${key}\n`

    expect(debianMirrors([{ name: 'debian.sources', text }])).toEqual([{ uri: 'http://mirror.example/debian', trust: [key] }])
  })
})

describe('choosing among mirrors', () => {
  it('prefers an address that ends as those of Debian do', () => {
    const text = 'deb http://tool.example/apt trixie main\ndeb http://mirror.example/debian/ trixie main\n'

    expect(urisOf(['sources.list', text])).toEqual(['http://mirror.example/debian/'])
  })

  it('takes any address with the component main where none ends so', () => {
    expect(urisOf(['sources.list', 'deb http://cache.example/remote trixie main'])).toEqual(['http://cache.example/remote'])
  })

  it('names a mirror once, however many suites it is named for', () => {
    const text = 'deb http://mirror.example/debian trixie main\ndeb http://mirror.example/debian/ trixie-updates main\n'

    expect(urisOf(['sources.list', text])).toEqual(['http://mirror.example/debian'])
  })
})

describe('choosing packages', () => {
  it('asks for a release and a debug library of each version', () => {
    expect(wantedPackages()).toEqual(expect.arrayContaining(['libpython3.13', 'libpython3.13-dbg', 'libpython3.15', 'libpython3.15-dbg']))
  })

  it('takes what apt would install, and not what it would configure', () => {
    const output = [
      'Reading package lists...',
      'Inst libc6 (2.42-5 Debian:unstable [amd64]) []',
      'Inst zlib1g [1:1.2] (1:1.3 Debian:unstable [amd64])',
      'Conf libc6 (2.42-5 Debian:unstable [amd64])',
    ]

    expect(simulatedPackages(output.join('\n'))).toEqual([
      { name: 'libc6', version: '2.42-5' },
      { name: 'zlib1g', version: '1:1.3' },
    ])
  })

  it('needs the loader and both libraries of each version', () => {
    const needed = neededFiles({ triplet: 'aarch64-linux-gnu', loader: 'usr/lib/ld-linux-aarch64.so.1' })

    expect(needed).toHaveLength(7)
    expect(needed).toContain('usr/lib/ld-linux-aarch64.so.1')
    expect(needed).toContain('usr/lib/aarch64-linux-gnu/libpython3.14d.so.1.0')
  })
})
