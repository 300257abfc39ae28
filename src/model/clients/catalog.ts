import type { Client } from './client.ts'
import { swigCallbackOnMakerThread, swigCallbackOnPythonThread } from './swig-callback.ts'

/** Every client, in the order of tables. */
export const clients: readonly Client[] = [swigCallbackOnPythonThread, swigCallbackOnMakerThread]
