import { Code, code } from '../code.ts'
import { constant, copyVector } from './fields.ts'

/** What a finding in the log belongs to, in place of an action. */
export const findingIn = Object.freeze({ state: -1, stop: -2 })

/** Findings that one call of `expand` may log: one for each property. */
export const mostFindings = 32

/** Entries of the table of new states may fill three quarters of it. */
export const fullest = 3 / 4

/** Bytes of a page of the table. A page that is three quarters full on average is never full, by odds of 10^-19. */
export const pageBytes = 4096

/** States that one batch has at most. */
export const mostStatesInBatch = 64

/** A batch is complete with so many successors; not too many for the nearest cache. */
const batchSuccessors = 64

export interface SearchPlaces {
  readonly threads: number
  /** Bytes of a state vector. */
  readonly vectorBytes: number
  /** Places in what each thread has for itself, in bytes: the log of findings; for each action 1 + the state in which it was first taken. */
  readonly log: number
  readonly taken: number
  /** Places of what renaming works with, and of the successors of a batch of states. */
  readonly scratch: number
  readonly successors: number
  /** Address of what the first thread has for itself, and bytes that each has. */
  readonly ownBegin: number
  readonly ownBytes: number
  /** Addresses, if there are several threads: of the counts of proposals that gave way, and of the proposals. */
  readonly gaveWay: number
  readonly proposals: number
  /** Address of the first state vector. */
  readonly vectors: number
  /** More successors than this no state has. */
  readonly mostSuccessors: number
}

/** Bytes of a successor in a batch: its vector, the address of its entry, and its part of the hash. */
export function successorBytes(vectorBytes: number): number {
  return Math.ceil(vectorBytes / 8) * 8 + 8
}

/** Bytes of the successors of a batch. */
export function batchBytes(vectorBytes: number, mostSuccessors: number): number {
  return (batchSuccessors + mostSuccessors) * successorBytes(vectorBytes)
}

/**
 * The store and the search, around the functions that are printed from the system:
 *
 *     vectors + index * vectorBytes    the state vectors, in the order in which they were found
 *     table .. table_end               32-bit entries in pages, open addressing with linear probing; 0 is empty
 *
 *     bit 31 ....... k | k - 1 ........ 0
 *       part of hash   |  1 + index          index_mask is 2^k - 1
 *
 * A vector is compared only where the part of the hash agrees, so a state that is new mostly reads one line of the table and nothing else.
 * The entry of a hash is searched from the place that its upper half, taken as a fraction, marks in the table, and not beyond the page that this
 * place is in: so any number of pages will do.
 *
 * States are expanded in batches: first all successors are made; then their entries are read, and the vectors these point to, with nothing that
 * waits for what is read, so that the memory works on many at once; then they are looked up and stored, one after the other in their order.
 */
export function printSearch(places: SearchPlaces): Code {
  const { vectorBytes, log, taken, successors, vectors, mostSuccessors, threads } = places
  const size = constant(vectorBytes)
  const stride = successorBytes(vectorBytes)
  const [slotAt, tagAt] = [stride - 8, stride - 4]
  const slotOfHash = code`(i32.add (global.get $table) (i32.shl (i32.wrap_i64 (i64.shr_u
    (i64.mul (i64.shr_u (local.get $h) (i64.const 32)) (global.get $slots)) (i64.const 32))) (i32.const 2)))`
  const tagOfHash = code`(i32.and (i32.wrap_i64 (local.get $h)) (i32.xor (global.get $index_mask) (i32.const -1)))`
  const entry = code`(i32.load offset=4 (local.get $at))`
  // Of several threads another one may be faster; then the slot is taken.
  const enter =
    threads === 1
      ? code`(i32.store (local.get $slot) ${entry})`
      : code`(if (i32.atomic.rmw.cmpxchg (local.get $slot) (i32.const 0) ${entry}) (then
          ${followingSlot}
          (br $probe)))`
  return code`(global $size (export "size") (mut i32) (i32.const 0))
(global $end (export "end") (mut i32) ${constant(vectors)})
(global $next (mut i32) (i32.const 0))
(global $room (export "room") (mut i32) (i32.const 0))
(global $batch_states (export "batch_states") (mut i32) ${constant(mostStatesInBatch)})
(global $table (export "table") (mut i32) (i32.const 0))
(global $table_end (export "table_end") (mut i32) (i32.const 0))
(global $slots (export "slots") (mut i64) (i64.const 0))
(global $index_mask (export "index_mask") (mut i32) (i32.const 0))
(global $premises (export "premises") (mut i32) (i32.const 0))
(global $known (export "known") (mut i32) (i32.const 0))
(global $deadlock (export "deadlock") (mut i32) (i32.const 0))
(global $stops (export "stops") (mut i32) (i32.const 0))
(global $logged (export "logged") (mut i32) (i32.const 0))
(global $transitions (export "transitions") (mut i32) (i32.const 0))
(global $current (mut i32) (i32.const 0))
(global $made (mut i32) (i32.const 0))
(global $slot (mut i32) (i32.const 0))
(global $tag (mut i32) (i32.const 0))
(global $touched (export "touched") (mut i32) (i32.const 0))
;; What was so before the batch.
(global $batch_first (export "batch_first") (mut i32) (i32.const 0))
(global $size_before (export "size_before") (mut i32) (i32.const 0))
(global $premises_before (export "premises_before") (mut i32) (i32.const 0))
(global $known_before (export "known_before") (mut i32) (i32.const 0))
(global $logged_before (export "logged_before") (mut i32) (i32.const 0))
(global $transitions_before (export "transitions_before") (mut i32) (i32.const 0))

(func $address (param $index i32) (result i32)
  (i32.add ${constant(vectors)} (i32.mul (local.get $index) ${size})))

(func $locate (param $n i32) (local $h i64)
  (local.set $h (call $hash (local.get $n)))
  (global.set $slot ${slotOfHash})
  (global.set $tag ${tagOfHash}))

;; Index of the vector at $n, or -1; then $slot is the address of the empty entry where it belongs. The search begins at $slot.
(func $probe (param $n i32) (param $slot i32) (param $tag i32) (result i32) (local $entry i32) (local $start i32)
  (local.set $start (local.get $slot))
  (block $absent
    (loop $again
      (br_if $absent (i32.eqz (local.tee $entry (i32.load (local.get $slot)))))
      (if (i32.le_u (i32.xor (local.get $entry) (local.get $tag)) (global.get $index_mask)) (then
        (local.set $entry (i32.sub (i32.and (local.get $entry) (global.get $index_mask)) (i32.const 1)))
        (if (call $is_same (local.get $n) (call $address (local.get $entry))) (then (return (local.get $entry))))))
      ${followingSlot}
      (br_if $again (i32.ne (local.get $slot) (local.get $start))))
    (unreachable))
  (global.set $slot (local.get $slot))
  (global.set $tag (local.get $tag))
  (i32.const -1))

(func $find (export "find") (param $n i32) (result i32)
  (call $locate (local.get $n))
  (call $probe (local.get $n) (global.get $slot) (global.get $tag)))

;; Stores the vector at the end of the vectors, which has just not been found.
(func $append (export "append")
  (global.set $size (i32.add (global.get $size) (i32.const 1)))
  (i32.store (global.get $slot) (i32.or (global.get $tag) (global.get $size)))
  (global.set $end (i32.add (global.get $end) ${size})))

;; Takes back the last state; the one that was stored last sits at the end of its run of entries.
(func $remove_last (export "remove_last") (local $slot i32)
  (global.set $end (i32.sub (global.get $end) ${size}))
  (local.set $slot (call $slot_of (global.get $size)))
  (i32.store (local.get $slot) (i32.const 0))
  (global.set $size (i32.sub (global.get $size) (i32.const 1))))

;; Address of the entry of a state, by 1 + its index.
(func $slot_of (param $number i32) (result i32) (local $h i64) (local $slot i32)
  (local.set $h (call $hash (call $address (i32.sub (local.get $number) (i32.const 1)))))
  (local.set $slot ${slotOfHash})
  (loop $probe
    (if (i32.ne (i32.and (i32.load (local.get $slot)) (global.get $index_mask)) (local.get $number)) (then
      ${followingSlot}
      (br $probe))))
  (local.get $slot))

;; Empties the table from one address up to another.
(func $clear (export "clear") (param $from i32) (param $to i32)
  (memory.fill (local.get $from) (i32.const 0) (i32.sub (local.get $to) (local.get $from))))

;; Enters the states from $first up to $last in the table, whose place and size have been set; they are known to be different, and not in it.
;; Goes by batches, as the search does.
(func $enter (export "enter") (param $first i32) (param $last i32)
  (local $n i32) (local $h i64) (local $slot i32) (local $end i32) (local $begin i32) (local $at i32) (local $filled i32) (local $touched i32)
  (local.set $n (call $address (local.get $first)))
  (local.set $begin (i32.add (global.get $own) ${constant(successors)}))
  (loop $batch
    (if (i32.eq (local.get $first) (local.get $last)) (then (return)))
    (local.set $end (i32.add (local.get $first) (i32.const ${batchSuccessors})))
    (if (i32.gt_u (local.get $end) (local.get $last)) (then (local.set $end (local.get $last))))
    (local.set $filled (local.get $begin))
    (loop $each
      (local.set $first (i32.add (local.get $first) (i32.const 1)))
      (local.set $h (call $hash (local.get $n)))
      (local.set $n (i32.add (local.get $n) ${size}))
      (local.set $slot ${slotOfHash})
      (i32.store (local.get $filled) (local.get $slot))
      (i32.store offset=4 (local.get $filled) (i32.or (local.get $first) ${tagOfHash}))
      (local.set $filled (i32.add (local.get $filled) (i32.const 8)))
      (br_if $each (i32.ne (local.get $first) (local.get $end))))
    (local.set $at (local.get $begin))
    (loop $each
      (local.set $touched (i32.xor (local.get $touched) (i32.load (i32.load (local.get $at)))))
      (br_if $each (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $filled))))
    (global.set $touched (local.get $touched))
    (local.set $at (local.get $begin))
    (loop $each
      (local.set $slot (i32.load (local.get $at)))
      (loop $probe
        (if (i32.load (local.get $slot)) (then
          ${followingSlot}
          (br $probe)))
        ${enter})
      (br_if $each (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $filled))))
    (br $batch)))

;; Logs the properties among $bits that nothing was found for so far.
(func $log (param $bits i32) (param $state i32) (param $where i32) (local $at i32)
  (local.set $bits (i32.and (local.get $bits) (i32.xor (global.get $known) (i32.const -1))))
  (if (i32.eqz (local.get $bits)) (then (return)))
  (global.set $known (i32.or (global.get $known) (local.get $bits)))
  (local.set $at (i32.add (global.get $own) (i32.mul (global.get $logged) (i32.const 12))))
  (i32.store offset=${log + 0} (local.get $at) (local.get $bits))
  (i32.store offset=${log + 4} (local.get $at) (local.get $state))
  (i32.store offset=${log + 8} (local.get $at) (local.get $where))
  (global.set $logged (i32.add (global.get $logged) (i32.const 1))))

(func $note_transition (param $bits i32) (param $action i32)
  (call $log (local.get $bits) (global.get $current) (local.get $action)))

;; A successor of the state being expanded stands at $next.
(func $arrive (param $action i32) (local $at i32)
  (local.set $at (i32.add (global.get $own) (i32.shl (local.get $action) (i32.const 2))))
  (if (i32.eqz (i32.load offset=${taken} (local.get $at))) (then
    (i32.store offset=${taken} (local.get $at) (i32.add (global.get $current) (i32.const 1)))))
  (call $locate (global.get $next))
  (i32.store offset=${slotAt} (global.get $next) (global.get $slot))
  (i32.store offset=${tagAt} (global.get $next) (global.get $tag))
  (global.set $made (i32.add (global.get $made) (i32.const 1)))
  (global.set $next (i32.add (global.get $next) ${constant(stride)})))

;; Stores the successor at $n if it is new.
(func $store (param $n i32) (local $at i32)
  (if (i32.ge_s (call $probe (local.get $n) (i32.load offset=${slotAt} (local.get $n)) (i32.load offset=${tagAt} (local.get $n))) (i32.const 0))
    (then (return)))
  (local.set $at (global.get $end))
  ${Code.lines(copyVector(vectorBytes / 4, code`(local.get $at)`, code`(local.get $n)`))}
  (call $append)
  (call $log (call $observe (local.get $at)) (i32.sub (global.get $size) (i32.const 1)) ${constant(findingIn.state)}))

;; Makes the successors of the states from $first on, until the batch is full; gives the first state that is not in the batch.
(func $make_batch (param $first i32) (param $last i32) (result i32) (local $before i32)
  (global.set $next (i32.add (global.get $own) ${constant(places.successors)}))
  (global.set $made (i32.const 0))
  (loop $each
    (global.set $current (local.get $first))
    (local.set $before (global.get $next))
    (call $expand_state (call $address (local.get $first)))
    (if (i32.eq (local.get $before) (global.get $next)) (then
      (if (i32.eqz (call $is_final (call $address (local.get $first)))) (then
        (call $log (global.get $deadlock) (local.get $first) ${constant(findingIn.stop)})))))
    (local.set $first (i32.add (local.get $first) (i32.const 1)))
    (if (i32.eq (local.get $first) (local.get $last)) (then (return (local.get $first))))
    (if (i32.ge_u (global.get $made) (i32.const ${batchSuccessors})) (then (return (local.get $first))))
    (if (i32.gt_u (i32.add (i32.add (global.get $size) (global.get $made)) ${constant(mostSuccessors)}) (global.get $room))
      (then (return (local.get $first))))
    (br_if $each (i32.lt_u (i32.sub (local.get $first) (global.get $batch_first)) (global.get $batch_states))))
  (local.get $first))

${printTouch(code`$touch_batch`, (number) => code`(call $address (i32.sub ${number} (i32.const 1)))`, places)}

;; Expands states from $first up to $last, which is not expanded; gives the first that was not. Ends early where there might not be room
;; for all successors of a state, and after a finding if the search is to stop at one.
(func $expand (export "expand") (param $first i32) (param $last i32) (result i32) (local $n i32)
  (loop $batch
    (if (i32.eq (local.get $first) (local.get $last)) (then (return (local.get $first))))
    (if (i32.gt_u (i32.add (global.get $size) ${constant(mostSuccessors)}) (global.get $room)) (then (return (local.get $first))))
    (if (i32.and (global.get $stops) (i32.ne (global.get $logged) (i32.const 0))) (then (return (local.get $first))))
    (global.set $batch_first (local.get $first))
    (global.set $size_before (global.get $size))
    (global.set $premises_before (global.get $premises))
    (global.set $known_before (global.get $known))
    (global.set $logged_before (global.get $logged))
    (global.set $transitions_before (global.get $transitions))
    (local.set $first (call $make_batch (local.get $first) (local.get $last)))
    (br_if $batch (i32.eqz (global.get $made)))
    (call $touch_batch)
    ${eachSuccessor(code`      (call $store (local.get $n))`, places)}
    (global.set $transitions (i32.add (global.get $transitions) (global.get $made)))
    (br $batch))
  (unreachable))`
}

/** Goes on to the slot that is looked at after this one. */
export const followingSlot = code`(local.set $slot (i32.or (i32.and (local.get $slot) ${constant(-pageBytes)})
        (i32.and (i32.add (local.get $slot) (i32.const 4)) ${constant(pageBytes - 1)})))`

/** A function that reads what a batch will need; `addressOf` gives the address of the vector whose number an entry has. */
export function printTouch(name: Code, addressOf: (number: Code) => Code, places: SearchPlaces): Code {
  const stride = successorBytes(places.vectorBytes)
  const [slotAt, tagAt] = [stride - 8, stride - 4]
  return code`;; Reads what the batch will need.
(func ${name} (local $n i32) (local $entry i32) (local $touched i32)
  ${eachSuccessor(code`      (local.set $touched (i32.xor (local.get $touched) (i32.load (i32.load offset=${slotAt} (local.get $n)))))`, places)}
  ${eachSuccessor(
    code`      (local.set $entry (i32.load (i32.load offset=${slotAt} (local.get $n))))
      (if (i32.and (i32.ne (local.get $entry) (i32.const 0))
          (i32.le_u (i32.xor (local.get $entry) (i32.load offset=${tagAt} (local.get $n))) (global.get $index_mask))) (then
        (local.set $touched (i32.xor (local.get $touched)
          (i32.load ${addressOf(code`(i32.and (local.get $entry) (global.get $index_mask))`)})))))`,
    places,
  )}
  (global.set $touched (local.get $touched)))`
}

function eachSuccessor(body: Code, { successors, vectorBytes }: SearchPlaces): Code {
  return code`(local.set $n (i32.add (global.get $own) ${constant(successors)}))
    (loop $each
${body}
      (br_if $each (i32.ne (local.tee $n (i32.add (local.get $n) ${constant(successorBytes(vectorBytes))})) (global.get $next))))`
}
