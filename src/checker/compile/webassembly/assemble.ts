import { InternalError } from '../../../foundation/diagnostic.ts'
import type { WebAssemblyInterface, WebAssemblyModule } from '../../../foundation/web-assembly.ts'

/** Turns the text of a module into a module. Cost: loading the assembler (50 ms, once) and about 30 ms for 1,000 actions. */
export async function assemble(text: string, webAssembly: WebAssemblyInterface): Promise<WebAssemblyModule> {
  assembler ??= loadAssembler()
  const parsed = (await assembler).parseWat('search.wat', text, features)
  try {
    return new webAssembly.Module(parsed.toBinary({}).buffer)
  } catch (cause) {
    throw new InternalError('MC901', 'generated WebAssembly is not valid', { cause })
  } finally {
    parsed.destroy()
  }
}

type Assembler = Awaited<ReturnType<typeof loadAssembler>>
let assembler: Promise<Assembler> | undefined

async function loadAssembler() {
  const { default: load } = await import('wabt')
  return load()
}

const features = Object.freeze({ bulk_memory: true, threads: true })
