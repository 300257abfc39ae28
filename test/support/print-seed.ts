import { randomSeed } from './seed.ts'

/** Prints the seed once per run, so that a failing random test can be repeated from the log alone. */
export default function printSeed(): void {
  process.stdout.write(`random tests use seed ${randomSeed()} (choose another with GILPROOF_SEED)\n`)
}
