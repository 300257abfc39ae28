import type { Bounds } from '../../src/model/cpython/bounds.ts'

/** The sizes that claims speak about. The main thread, which sets the scene, is not counted. */
export const oneThread: Bounds = { threads: 1, interpreters: 2, rounds: 1 }
export const oneThreadTwoRounds: Bounds = { threads: 1, interpreters: 2, rounds: 2 }
export const twoThreads: Bounds = { threads: 2, interpreters: 2, rounds: 1 }
export const twoThreadsTwoSubInterpreters: Bounds = { threads: 2, interpreters: 3, rounds: 1 }
export const mainInterpreterAlone: Bounds = { threads: 1, interpreters: 1, rounds: 1 }
