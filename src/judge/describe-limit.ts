import type { Limit } from '../checker/verdict.ts'

/** What cut a search short, in a few words. */
export function describeLimit(limit: Limit): string {
  switch (limit.kind) {
    case 'states':
      return `${limit.value} states`
    case 'depth':
      return `depth ${limit.value}`
    case 'memory':
      return `${limit.value} bytes of memory`
    case 'time':
      return `${limit.value} ms`
    case 'interrupted':
      return 'interrupted'
    case 'random-walk':
      return `${limit.walks} random walks of ${limit.depth} steps, seed ${limit.seed}`
    case 'stopped':
      return `stopped at the ${limit.at}`
    case 'model-error':
      return `the model goes wrong: ${limit.code}`
  }
}
