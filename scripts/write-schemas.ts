/** Writes the JSON schemas that the package publishes, from what the program checks with. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { publishedSchemas } from './published-schemas.ts'

mkdirSync('schemas', { recursive: true })
for (const [path, text] of publishedSchemas) writeFileSync(path, text)
