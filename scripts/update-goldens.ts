import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Every golden is a file snapshot of some test: run them all and keep what they give. Review the difference as prose.
const vitest = fileURLToPath(new URL('../node_modules/.bin/vitest', import.meta.url))
process.exitCode = spawnSync(vitest, ['run', '--update', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
