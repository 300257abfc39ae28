import { InternalError } from '../../../foundation/diagnostic.ts'
import type { WebAssemblyInterface, WebAssemblyModule } from '../../../foundation/web-assembly.ts'

/**
 * Turns the text of a module into a module. Undefined if the assembler gives up, as it does on code that is nested too deeply.
 * Cost: loading the assembler (50 ms, once) and about 30 ms for 1,000 actions.
 */
export async function assemble(text: string, webAssembly: WebAssemblyInterface): Promise<WebAssemblyModule | undefined> {
  assembler ??= loadAssembler()
  try {
    const parsed = (await assembler).parseWat('search.wat', text, features)
    const { buffer } = parsed.toBinary({})
    parsed.destroy()
    return new webAssembly.Module(buffer)
  } catch (cause) {
    // The assembler runs in WebAssembly itself, and is of no more use after its stack has overflowed.
    assembler = undefined
    if (cause instanceof webAssembly.RuntimeError || cause instanceof RangeError) return undefined
    throw new InternalError('MC901', 'generated WebAssembly is not valid', { cause })
  }
}

type Assembler = Awaited<ReturnType<typeof loadAssembler>>
let assembler: Promise<Assembler> | undefined

async function loadAssembler() {
  const { default: load } = await import('wabt')
  return load()
}

const features = Object.freeze({ bulk_memory: true, threads: true })
