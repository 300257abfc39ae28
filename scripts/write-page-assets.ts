import { writeFileSync } from 'node:fs'
import { pageAssetsDocument } from './page-assets-document.ts'

writeFileSync(new URL('../src/report/html/page-assets.ts', import.meta.url), pageAssetsDocument())
