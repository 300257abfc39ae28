import { writeFileSync } from 'node:fs'
import { knownBugs } from '../proofs/known-bugs/catalog.ts'
import type { BugVerdicts } from '../proofs/known-bugs/known-bugs-table.ts'
import { knownBugsDocument, verdictsOn } from '../proofs/known-bugs/known-bugs-table.ts'

const verdicts = new Map<string, BugVerdicts>()
for (const bug of knownBugs) verdicts.set(bug.name, await verdictsOn(bug))
writeFileSync(new URL('../proofs/known-bugs/README.md', import.meta.url), knownBugsDocument(verdicts))
