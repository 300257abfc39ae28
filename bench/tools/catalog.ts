import { configurations } from './configurations.ts'
import { foreignTool } from './foreign-tool.ts'
import { gilproof } from './gilproof.ts'
import { rumur } from './rumur.ts'
import { spin, spinByHand, spinInLessMemory } from './spin.ts'
import type { Tool } from './tool.ts'

/** Every tool, in the order in which they take turns; gilproof first, so that the others can reserve what its count says. */
export function toolsFor({ largest, mostBytes }: { readonly largest: number; readonly mostBytes: number }): readonly Tool[] {
  return [
    ...configurations.map((configuration) => gilproof(configuration, largest)),
    ...[spin, spinInLessMemory, spinByHand, rumur].map((foreign) => foreignTool(foreign, mostBytes)),
  ]
}
