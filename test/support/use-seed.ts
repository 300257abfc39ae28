import fc from 'fast-check'
import { randomSeed } from './seed.ts'

fc.configureGlobal({ seed: randomSeed() })
