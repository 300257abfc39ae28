import type { ExitStatus } from '../exit-status.ts'

/** How a command says what the program ends with. */
export type Finish = (status: ExitStatus) => void
