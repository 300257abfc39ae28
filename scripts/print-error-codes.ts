import { writeFileSync } from 'node:fs'
import { errorCodesDocument } from './error-codes-document.ts'

writeFileSync(new URL('../docs/error-codes.md', import.meta.url), errorCodesDocument())
