import { manifestJsonSchema } from '../src/gate/manifest-schema.ts'
import { resultJsonSchema } from '../src/gate/result-document.ts'

/** Path to text. */
export const publishedSchemas: ReadonlyMap<string, string> = new Map([
  ['schemas/gate-manifest.schema.json', manifestJsonSchema()],
  ['schemas/gate-result.schema.json', resultJsonSchema()],
])
