---------------------------- MODULE model ----------------------------
\* mutex
\*
\* For TLC: one operator for each action of the model, over one variable that is a record.
\*
\* How many states it has was not counted: this is a test
\*
\* Run it:
\*   java -cp tla2tools.jar tlc2.TLC -config model.cfg model.tla      # "distinct states found"
\*
\* Properties in it:
\*   one-inside (invariant)
\*   right-never-leads (forbidden-transition)
\*   no-deadlock (no-deadlock)
\* Properties that it leaves out, as they cannot be said here:
\*   can-leave (can-always-reach)
\*
\* Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.

EXTENDS Integers, FiniteSets, TLC

none == -1

\* thread
thread_1 == 0
thread_2 == 1
thread == 0..1

\* One field for each variable of the model.
VARIABLE state

Initial == [
  \* owner
  owner |-> none,
  \* inside: threads in the critical section
  inside |-> 0
]

Init == state = Initial

\* Every value is in its domain; where not, the model goes wrong.
InDomain ==
  /\ state.owner \in (thread \cup {none})
  /\ state.inside \in 0..2

\* left locks
left_locks ==
  /\ state.owner = none
  /\ state' = [state EXCEPT
       !.owner = thread_1,
       !.inside = state.inside + 1]

\* left unlocks
left_unlocks ==
  /\ state.owner = thread_1
  /\ state' = [state EXCEPT
       !.owner = none,
       !.inside = state.inside - 1]

\* right locks
right_locks ==
  /\ state.owner = none
  /\ state' = [state EXCEPT
       !.owner = thread_2,
       !.inside = state.inside + 1]
  /\ Assert(~(state'.inside = state.inside + 1 /\ state.inside = 1), "right-never-leads")

\* right unlocks
right_unlocks ==
  /\ state.owner = thread_2
  /\ state' = [state EXCEPT
       !.owner = none,
       !.inside = state.inside - 1]

\* Stopping here is intended, so it is no deadlock.
Rests ==
  /\ TRUE = (TRUE)
  /\ UNCHANGED state

Next ==
  \/ left_locks
  \/ left_unlocks
  \/ right_locks
  \/ right_unlocks
  \/ Rests

\* At most one thread is inside.
one_inside ==
  /\ state.inside < 2

======================================================================
