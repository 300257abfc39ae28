import { Code, code } from '../code.ts'
import { constant, copyVector } from './fields.ts'
import type { SearchPlaces } from './print-search.ts'
import { findingIn, pageBytes, successorBytes } from './print-search.ts'

/**
 * Parts that a round may have for each thread, each of `statesPerNote` states; and new states that may be proposed for a part, on average 16 for
 * each of its states.
 */
export const partsPerThread = 16
export const proposalsPerPart = 4096

/** Bytes of a proposal: a successor as in a batch, with the properties that it decides and the number it is given. */
function proposalBytes(vectorBytes: number): number {
  return successorBytes(vectorBytes) + 8
}

export function proposalsBytes(vectorBytes: number, threads: number): number {
  return threads * partsPerThread * proposalsPerPart * proposalBytes(vectorBytes)
}

/**
 * How several threads explore at once, and number the states as one thread would. A round takes the next states of a layer in parts:
 *
 *     propose   a thread expands the states of a part; what is not in the table it writes down as a proposal, in order. Nothing is stored.
 *     resolve   each thread has some pages of the table. It goes through all proposals in order, those of its pages only: the first of equal
 *               ones gets a number for the time being, the others get none.
 *     commit    the new states of each part are counted, so it is known which numbers they get. A thread stores those of a part, in order.
 *
 * Between the three all threads wait for each other, and no two ever write the same place; so the outcome does not depend on time.
 * The numbers for the time being are above those of the states: 1 + states + position of the proposal.
 */
export function printProposals({ vectorBytes, proposals, vectors }: SearchPlaces): Code {
  const [inBatch, stride] = [successorBytes(vectorBytes), proposalBytes(vectorBytes)]
  const [slotAt, tagAt, foundAt, numberAt] = [inBatch - 8, inBatch - 4, inBatch, inBatch + 4]
  const at = (part: Code, position: Code): Code =>
    code`(i32.add ${constant(proposals)} (i32.mul (i32.add (i32.mul ${part} ${constant(proposalsPerPart)}) ${position}) ${constant(stride)}))`
  return code`;; Proposes the new successors of states from $first up to $last; gives how many, or -1 if there are too many, or if the search is to stop
;; at what was found.
(func $propose (export "propose") (param $first i32) (param $last i32) (param $part i32) (result i32)
  (local $n i32) (local $to i32) (local $count i32) (local $found i32)
  (local.set $to ${at(code`(local.get $part)`, constant(0))})
  (loop $batch
    (if (i32.eq (local.get $first) (local.get $last)) (then (return (local.get $count))))
    (global.set $batch_first (local.get $first))
    (local.set $first (call $make_batch (local.get $first) (local.get $last)))
    (global.set $transitions (i32.add (global.get $transitions) (global.get $made)))
    (br_if $batch (i32.eqz (global.get $made)))
    (if (i32.gt_u (i32.add (local.get $count) (global.get $made)) ${constant(proposalsPerPart)}) (then (return (i32.const -1))))
    (call $touch_batch)
    (local.set $n (call $first_of_batch))
    (loop $each
      (if (i32.lt_s (call $probe (local.get $n) (i32.load offset=${slotAt} (local.get $n)) (i32.load offset=${tagAt} (local.get $n))) (i32.const 0)) (then
        ${Code.lines(copyVector(inBatch / 4, code`(local.get $to)`, code`(local.get $n)`))}
        (i32.store offset=${slotAt} (local.get $to) (global.get $slot))
        (local.set $found (call $observe (local.get $n)))
        (i32.store offset=${foundAt} (local.get $to) (local.get $found))
        (if (i32.and (global.get $stops) (i32.ne (i32.and (local.get $found) (i32.xor (global.get $known) (i32.const -1))) (i32.const 0)))
          (then (return (i32.const -1))))
        (local.set $to (i32.add (local.get $to) ${constant(stride)}))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))))
      (br_if $each (i32.ne (local.tee $n (i32.add (local.get $n) ${constant(inBatch)})) (global.get $next))))
    (br $batch))
  (unreachable))

;; Gives numbers for the time being to the first $count proposals of a part whose entry lies from $from up to $to; gives how many are new.
(func $resolve (export "resolve") (param $part i32) (param $count i32) (param $from i32) (param $to i32) (result i32)
  (local $n i32) (local $position i32) (local $slot i32) (local $fresh i32)
  (local.set $n ${at(code`(local.get $part)`, constant(0))})
  (block $done
    (loop $each
      (br_if $done (i32.eq (local.get $position) (local.get $count)))
      (local.set $slot (i32.load offset=${slotAt} (local.get $n)))
      (if (i32.and (i32.ge_u (local.get $slot) (local.get $from)) (i32.le_u (local.get $slot) (local.get $to))) (then
        (if (call $is_proposed (local.get $n) (local.get $slot) (i32.load offset=${tagAt} (local.get $n)))
          (then (i32.store offset=${numberAt} (local.get $n) (i32.const 0)))
          (else
            (local.set $fresh (i32.add (local.get $fresh) (i32.const 1)))
            (i32.store offset=${slotAt} (local.get $n) (global.get $slot))
            (i32.store offset=${numberAt} (local.get $n) (i32.const 1))
            (i32.store (global.get $slot) (i32.or (i32.load offset=${tagAt} (local.get $n)) (i32.add (i32.add (global.get $size) (i32.const 1))
              (i32.add (i32.mul (local.get $part) ${constant(proposalsPerPart)}) (local.get $position)))))))))
      (local.set $n (i32.add (local.get $n) ${constant(stride)}))
      (local.set $position (i32.add (local.get $position) (i32.const 1)))
      (br $each)))
  (local.get $fresh))

;; Whether an equal proposal has a number; if not, $slot is the empty entry. No state is equal to a proposal.
(func $is_proposed (param $n i32) (param $slot i32) (param $tag i32) (result i32) (local $entry i32) (local $number i32) (local $start i32)
  (local.set $start (local.get $slot))
  (block $absent
    (loop $again
      (br_if $absent (i32.eqz (local.tee $entry (i32.load (local.get $slot)))))
      (if (i32.le_u (i32.xor (local.get $entry) (local.get $tag)) (global.get $index_mask)) (then
        (local.set $number (i32.sub (i32.and (local.get $entry) (global.get $index_mask)) (i32.const 1)))
        (if (i32.ge_u (local.get $number) (global.get $size)) (then
          (if (call $is_same (local.get $n) ${at(constant(0), code`(i32.sub (local.get $number) (global.get $size))`)}) (then (return (i32.const 1))))))))
      (local.set $slot (i32.or (i32.and (local.get $slot) ${constant(-pageBytes)})
        (i32.and (i32.add (local.get $slot) (i32.const 4)) ${constant(pageBytes - 1)})))
      (br_if $again (i32.ne (local.get $slot) (local.get $start))))
    (unreachable))
  (global.set $slot (local.get $slot))
  (i32.const 0))

;; Stores the new states among the first $count proposals of a part; the first gets the index $index.
(func $commit (export "commit") (param $part i32) (param $count i32) (param $index i32) (local $n i32) (local $to i32)
  (local.set $n ${at(code`(local.get $part)`, constant(0))})
  (local.set $to (i32.add ${constant(vectors)} (i32.mul (local.get $index) ${constant(vectorBytes)})))
  (block $done
    (loop $each
      (br_if $done (i32.eqz (local.get $count)))
      (if (i32.load offset=${numberAt} (local.get $n)) (then
        ${Code.lines(copyVector(vectorBytes / 4, code`(local.get $to)`, code`(local.get $n)`))}
        (i32.store (i32.load offset=${slotAt} (local.get $n))
          (i32.or (i32.load offset=${tagAt} (local.get $n)) (i32.add (local.get $index) (i32.const 1))))
        (call $log (i32.load offset=${foundAt} (local.get $n)) (local.get $index) ${constant(findingIn.state)})
        (local.set $to (i32.add (local.get $to) ${constant(vectorBytes)}))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))))
      (local.set $n (i32.add (local.get $n) ${constant(stride)}))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $each))))

(func $first_of_batch (result i32) (i32.sub (global.get $next) (i32.mul (global.get $made) ${constant(inBatch)})))`
}
