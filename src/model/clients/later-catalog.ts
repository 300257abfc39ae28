import type { Client } from './client.ts'
import {
  guardedCallbackWhileAttached,
  guardedCallbackWhileDetached,
  migratedLateCallback,
  migratedNestedCallback,
  migratedVisitor,
} from './guarded-callbacks.ts'

/** Clients that tell apart the designs after the debate. */
export const laterClients: readonly Client[] = [
  guardedCallbackWhileAttached,
  guardedCallbackWhileDetached,
  migratedNestedCallback,
  migratedVisitor,
  migratedLateCallback,
]
