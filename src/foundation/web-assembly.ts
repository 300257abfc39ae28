/**
 * What of WebAssembly's JavaScript interface is used here. The core is compiled without the types of any environment, so it is declared; and it
 * may be missing, as where an embedder switched it off.
 *
 * Source: W3C, "WebAssembly JavaScript Interface", 2019.
 */
export interface WebAssemblyInterface {
  readonly Module: new (binary: Uint8Array) => WebAssemblyModule
  readonly Instance: new (
    module: WebAssemblyModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
  readonly Memory: new (descriptor: MemoryDescriptor) => WebAssemblyMemory
  /** What a trap throws. */
  readonly RuntimeError: new (
    ...parameters: never[]
  ) => Error
}

export interface WebAssemblyModule {
  readonly [Symbol.toStringTag]: string
}

/** In pages of 2^16 bytes. */
export interface MemoryDescriptor {
  readonly initial: number
  readonly maximum: number
  readonly shared?: boolean
}

export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike
}

/** A global that both sides read and write. */
export interface SharedValue<T extends number | bigint> {
  value: T
}

export const webAssembly: WebAssemblyInterface | undefined = (globalThis as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly
