/*
 * mutex
 *
 * For SPIN 6.5: one process, in which each alternative is an action of the model; all variables are global.
 *
 * How many states it has was not counted: this is a test
 *
 * Run it:
 *   spin -o1 -o2 -a model.pml      # all variables are kept, also those that are only written
 *   gcc -O1 -DSAFETY -DNOREDUCE -DMEMLIM=4000 -DVECTORSZ=1024 -o pan pan.c
 *   ./pan -m10000000      # "states, stored"; then "spin -t -p -g model.pml" tells the trace of an error
 *
 * Properties in it:
 *   one-inside (invariant)
 *   right-never-leads (forbidden-transition)
 *   no-deadlock (no-deadlock)
 * Properties that it leaves out, as they cannot be said here:
 *   can-leave (can-always-reach)
 *
 * Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.
 */

#define none (-1)

/* thread */
#define thread_1 0
#define thread_2 1

/* owner */
short owner = none;
/* inside: threads in the critical section */
byte inside = 0;

/* Used within a step, and no part of a state. */
hidden byte before_inside;

/* Always 0: each names the property in the message of an assertion that fails. */
/* At most one thread is inside. */
hidden byte one_inside;
/* The right thread never goes inside when that makes two. */
hidden byte right_never_leads;

active proctype model()
{
  do
  /* left locks */
  :: d_step {
       owner == none ->
       assert((inside + 1) <= 2);
       owner = thread_1;
       inside = inside + 1
     }
  /* left unlocks */
  :: d_step {
       owner == thread_1 ->
       assert(0 <= (inside - 1));
       owner = none;
       inside = inside - 1
     }
  /* right locks */
  :: d_step {
       owner == none ->
       assert((inside + 1) <= 2);
       before_inside = inside;
       owner = thread_2;
       inside = inside + 1;
       if :: (inside == before_inside + 1 && before_inside == 1) -> assert(right_never_leads) :: else fi
     }
  /* right unlocks */
  :: d_step {
       owner == thread_2 ->
       assert(0 <= (inside - 1));
       owner = none;
       inside = inside - 1
     }
  /* Stopping here is intended, so it is no deadlock. */
  :: d_step { (true) -> skip }
  /* invariant: At most one thread is inside. */
  :: d_step {
       !(
         inside < 2
       ) -> assert(one_inside)
     }
  od
}
