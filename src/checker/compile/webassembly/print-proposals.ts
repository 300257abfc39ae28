import { Code, code } from '../code.ts'
import { constant, copyVector } from './fields.ts'
import type { SearchPlaces } from './print-search.ts'
import { followingSlot, printTouch, successorBytes } from './print-search.ts'

/**
 * Parts that a round may have for each thread, each of `statesPerNote` states; and new states that may be proposed for a part, on average 16 for
 * each of its states.
 */
export const partsPerThread = 16
export const proposalsPerPart = 4096

/** Bytes of a proposal: its vector and the address of its entry. */
function proposalBytes(vectorBytes: number): number {
  return Math.ceil((vectorBytes + 4) / 8) * 8
}

export function proposalsBytes(vectorBytes: number, threads: number): number {
  return threads * partsPerThread * proposalsPerPart * proposalBytes(vectorBytes)
}

/**
 * How several threads explore at once, and number the states as one thread would. A round takes the next states of a layer in parts:
 *
 *     propose   a thread expands the states of a part. What is not in the table it writes down as a proposal, in order, and then enters it in
 *               the table with a number for the time being: 1 + states + position of the proposal among those of all parts.
 *     commit    the new states of each part are counted, so it is known which numbers they get. A thread stores those of a part, in order.
 *
 *     gaveWay + part * 4                               proposals of the part that gave way
 *     proposals + position * bytes of a proposal       the vector, and the address of its entry, or 0 if it gave way
 *
 * Two threads may come to the same state, or to the same empty entry, at the same time. That is decided by one atomic operation, compare and
 * exchange, with which alone an entry changes while states are proposed:
 *
 *     from empty to a number    whoever finds that another was faster looks at what the entry says now, and goes on from there.
 *     to a lower number         of equal proposals the first in order counts, not the first in time: it takes the entry over, and the other one
 *                               gives way. Only the thread that took an entry from a proposal marks that proposal, and numbers only fall; so
 *                               each is marked once at most. Marks are counted by atomic addition.
 *
 * In the end each new state has one entry, with the position of the first proposal of it: whatever the timing. (In which order the entries of a
 * page stand may depend on it; nothing else does.) A proposal is written before its number is in the table, and read by others only after that
 * number was read from the table by an atomic operation. Between propose and commit all threads wait for each other; what is committed, no other
 * thread reads before the next step.
 */
export function printProposals(places: SearchPlaces): Code {
  const { vectorBytes, gaveWay, proposals } = places
  const [inBatch, stride] = [successorBytes(vectorBytes), proposalBytes(vectorBytes)]
  const [slotAt, tagAt, entryAt] = [inBatch - 8, inBatch - 4, stride - 4]
  const atPosition = (position: Code): Code => code`(i32.add ${constant(proposals)} (i32.mul ${position} ${constant(stride)}))`
  const atNumber = (number: Code): Code => atPosition(code`(i32.sub (i32.sub ${number} (global.get $size)) (i32.const 1))`)
  const beginOf = code`${atPosition(code`(i32.mul (local.get $part) ${constant(proposalsPerPart)})`)}`
  const numberIn = (entry: Code): Code => code`(i32.and ${entry} (global.get $index_mask))`
  const eachProposal = (body: Code): Code => code`(local.set $n ${beginOf})
  (block $done
    (loop $each
      (br_if $done (i32.eqz (local.get $count)))
      (if (local.tee $slot (i32.load offset=${entryAt} (local.get $n))) (then
${body}))
      (local.set $n (i32.add (local.get $n) ${constant(stride)}))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $each)))`
  return code`;; The next proposal: its address, its number for the time being, and how many there are in the part so far.
(global $to (mut i32) (i32.const 0))
(global $number (mut i32) (i32.const 0))
(global $proposed (export "proposed") (mut i32) (i32.const 0))

;; Proposes the new successors of states from $first up to $last; gives 0 if there are too many, or if something was found.
(func $propose (export "propose") (param $first i32) (param $last i32) (param $part i32) (result i32) (local $n i32) (local $end i32)
  (i32.store (i32.add ${constant(gaveWay)} (i32.shl (local.get $part) (i32.const 2))) (i32.const 0))
  (global.set $to ${beginOf})
  (global.set $number (i32.add (i32.add (global.get $size) (i32.const 1)) (i32.mul (local.get $part) ${constant(proposalsPerPart)})))
  (global.set $proposed (i32.const 0))
  (loop $batch
    (if (i32.eq (local.get $first) (local.get $last)) (then (return (i32.eqz (global.get $logged)))))
    (global.set $batch_first (local.get $first))
    (local.set $first (call $make_batch (local.get $first) (local.get $last)))
    (global.set $transitions (i32.add (global.get $transitions) (global.get $made)))
    (br_if $batch (i32.eqz (global.get $made)))
    (if (i32.gt_u (i32.add (global.get $proposed) (global.get $made)) ${constant(proposalsPerPart)}) (then (return (i32.const 0))))
    (call $touch_proposed)
    (local.set $n (i32.add (global.get $own) ${constant(places.successors)}))
    (local.set $end (global.get $next))
    (loop $each
      (if (call $is_first (local.get $n) (i32.load offset=${slotAt} (local.get $n)) (i32.load offset=${tagAt} (local.get $n))) (then
        (global.set $to (i32.add (global.get $to) ${constant(stride)}))
        (global.set $number (i32.add (global.get $number) (i32.const 1)))
        (global.set $proposed (i32.add (global.get $proposed) (i32.const 1)))
        (if (i32.and (call $observe (local.get $n)) (i32.xor (global.get $known) (i32.const -1))) (then (return (i32.const 0))))))
      (br_if $each (i32.ne (local.tee $n (i32.add (local.get $n) ${constant(inBatch)})) (local.get $end))))
    (br $batch))
  (unreachable))

;; Whether the vector at $n is new, and no equal one was proposed in front of it; then it is a proposal now. The search begins at $slot.
(func $is_first (param $n i32) (param $slot i32) (param $tag i32) (result i32) (local $entry i32) (local $start i32) (local $mine i32) (local $other i32)
  (local.set $start (local.get $slot))
  (local.set $mine (i32.or (local.get $tag) (global.get $number)))
  (loop $again
    (block $following
      (if (i32.eqz (local.tee $entry (i32.load (local.get $slot)))) (then
        (call $write_down (local.get $n) (local.get $slot))
        (local.set $entry (i32.atomic.rmw.cmpxchg (local.get $slot) (i32.const 0) (local.get $mine)))
        (if (i32.eqz (local.get $entry)) (then (return (i32.const 1))))))
      (br_if $following (i32.gt_u (i32.xor (local.get $entry) (local.get $tag)) (global.get $index_mask)))
      (if (i32.le_u ${numberIn(code`(local.get $entry)`)} (global.get $size)) (then
        (br_if $following (i32.eqz (call $is_same (local.get $n) (call $address (i32.sub ${numberIn(code`(local.get $entry)`)} (i32.const 1))))))
        (return (i32.const 0))))
      ;; The entry of another proposal, which was written down before its number could be read.
      (local.set $entry (i32.atomic.load (local.get $slot)))
      (local.set $other ${atNumber(numberIn(code`(local.get $entry)`))})
      (br_if $following (i32.eqz (call $is_same (local.get $n) (local.get $other))))
      (if (i32.lt_u (local.get $entry) (local.get $mine)) (then (return (i32.const 0))))
      (call $write_down (local.get $n) (local.get $slot))
      (br_if $again (i32.ne (i32.atomic.rmw.cmpxchg (local.get $slot) (local.get $entry) (local.get $mine)) (local.get $entry)))
      (call $give_way ${numberIn(code`(local.get $entry)`)})
      (return (i32.const 1)))
    ${followingSlot}
    (br_if $again (i32.ne (local.get $slot) (local.get $start))))
  (unreachable))

(func $write_down (param $n i32) (param $slot i32)
  ${Code.lines(copyVector(vectorBytes / 4, code`(global.get $to)`, code`(local.get $n)`))}
  (i32.store offset=${entryAt} (global.get $to) (local.get $slot)))

;; Marks the proposal with this number, whose entry another one took over.
(func $give_way (param $number i32)
  (i32.store offset=${entryAt} ${atNumber(code`(local.get $number)`)} (i32.const 0))
  (drop (i32.atomic.rmw.add (i32.add ${constant(gaveWay)} (i32.shl (i32.div_u (i32.sub (i32.sub (local.get $number) (global.get $size)) (i32.const 1))
    ${constant(proposalsPerPart)}) (i32.const 2))) (i32.const 1))))

;; Address of the vector of an entry, by 1 + its index or by a number for the time being.
(func $entered (param $number i32) (result i32)
  (if (result i32) (i32.le_u (local.get $number) (global.get $size))
    (then (call $address (i32.sub (local.get $number) (i32.const 1))))
    (else ${atNumber(code`(local.get $number)`)})))

${printTouch(code`$touch_proposed`, (number) => code`(call $entered ${number})`, places)}

;; Proposals of a part that gave way.
(func $gave_way (export "gave_way") (param $part i32) (result i32)
  (i32.load (i32.add ${constant(gaveWay)} (i32.shl (local.get $part) (i32.const 2)))))

;; Stores the new states among the first $count proposals of a part; the first gets the index $index.
(func $commit (export "commit") (param $part i32) (param $count i32) (param $index i32) (local $n i32) (local $to i32) (local $slot i32)
  (local.set $to (call $address (local.get $index)))
  ${eachProposal(code`        ${Code.lines(copyVector(vectorBytes / 4, code`(local.get $to)`, code`(local.get $n)`))}
        (local.set $to (i32.add (local.get $to) ${constant(vectorBytes)}))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (i32.store (local.get $slot)
          (i32.or (i32.and (i32.load (local.get $slot)) (i32.xor (global.get $index_mask) (i32.const -1))) (local.get $index)))`)})

;; Takes the first $count proposals of a part out of the table again. To be done for all parts, before anything else is looked up.
(func $withdraw (export "withdraw") (param $part i32) (param $count i32) (local $n i32) (local $slot i32)
  ${eachProposal(code`        (i32.store (local.get $slot) (i32.const 0))`)})`
}
