import { closeSync, openSync, readSync } from 'node:fs'

/** What the head of an ELF file says; undefined if it is none. */
export interface ElfFile {
  readonly machine: string
  readonly isForThisMachine: boolean
}

const machines: Readonly<Record<number, string>> = {
  3: 'ia32',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  21: 'ppc64',
  22: 's390x',
}

/** Reads 20 bytes. Layout: ELF specification, `e_ident` and `e_machine`. */
export function readElfFile(path: string): ElfFile | undefined {
  const head = Buffer.alloc(20)
  const file = openSync(path, 'r')
  try {
    if (readSync(file, head, 0, head.length, 0) < head.length) return undefined
  } finally {
    closeSync(file)
  }
  if (head.toString('latin1', 0, 4) !== '\x7fELF') return undefined
  const isLittleEndian = head[5] === 1
  const number = isLittleEndian ? head.readUInt16LE(18) : head.readUInt16BE(18)
  const machine = machines[number] ?? `machine ${number}`
  return { machine, isForThisMachine: machine === process.arch }
}
