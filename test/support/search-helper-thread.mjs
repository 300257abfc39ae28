// A thread that runs from the TypeScript sources.
import { register } from 'tsx/esm/api'

register()
await import('../../src/cli/search-helper-thread.ts')
