/** A libpython that schedules can be run on. */
export interface Subject {
  /** For people, such as `CPython 3.11.7` or `CPython 3.13.1 debug`. */
  readonly name: string
  /** All of `sys.version`, on one line. */
  readonly version: string
  readonly debug: boolean
  readonly how: 'shared library' | 'preloaded executable' | 'own loader'
  /** The library, or the executable if it is preloaded. */
  readonly path: string
  /** `base_prefix`, where the standard library is; undefined: what was compiled in. */
  readonly home?: string
  /** Of an unpacked system whose libraries are not this system's. */
  readonly loader?: { readonly path: string; readonly libraryPath: string }
  /** SHA-256 of the file at `path`, in hexadecimal. */
  readonly digest?: string
}
