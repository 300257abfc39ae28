---------------------------- MODULE model ----------------------------
\* interpreters with thread states
\*
\* For TLC: one operator for each action of the model, over one variable that is a record.
\*
\* How many states it has was not counted: this is a test
\*
\* Run it:
\*   java -cp tla2tools.jar tlc2.TLC -config model.cfg model.tla      # "distinct states found"
\*
\* No property is in it: its states alone are asked for.
\*
\* Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.

EXTENDS Integers, FiniteSets, TLC

none == -1

\* interpreter
interpreter_main == 0
interpreter_1 == 1
interpreter_2 == 2
interpreter_3 == 3
interpreter == 0..3

\* thread state
thread_state_1 == 0
thread_state_2 == 1
thread_state == 0..1

\* One field for each variable of the model.
VARIABLE state

Initial == [
  \* newest
  newest |-> none,
  \* current
  current |-> none,
  \* saved
  saved |-> none,
  \* home
  home |-> [i1 \in thread_state |-> interpreter_main],
  \* started
  started |-> [i1 \in interpreter |-> FALSE]
]

Init == state = Initial

\* Every value is in its domain; where not, the model goes wrong.
InDomain ==
  /\ state.newest \in (interpreter \cup {none})
  /\ state.current \in (thread_state \cup {none})
  /\ state.saved \in (thread_state \cup {none})
  /\ state.home \in [thread_state -> interpreter]
  /\ state.started \in [interpreter -> BOOLEAN]

\* Of interpreter: in use is what cannot be used again, and what something refers to.
interpreter_in_use(s) ==
  LET start == {member \in interpreter : member < 1}
               \cup {s.newest, s.home[thread_state_1], s.home[thread_state_2]}
  IN start

\* Of thread state: in use is what cannot be used again, and what something refers to.
thread_state_in_use(s) ==
  LET start == {member \in thread_state : FALSE}
               \cup {s.current, s.saved}
  IN start

\* The lowest interpreter that is not in use.
fresh_interpreter ==
  LET free == (1..3) \ interpreter_in_use(state)
  IN IF free = {} THEN Assert(FALSE, "every interpreter is in use") ELSE CHOOSE more \in free : \A other \in free : more <= other

\* The lowest thread state that is not in use.
fresh_thread_state ==
  LET free == (0..1) \ thread_state_in_use(state)
  IN IF free = {} THEN Assert(FALSE, "every thread state is in use") ELSE CHOOSE more \in free : \A other \in free : more <= other

\* Everything that belongs to a forgotten identity has its initial value again, until nothing changes.
RECURSIVE Collected(_)
Collected(s) ==
  LET forgotten_1 == (1..3) \ interpreter_in_use(s)
      s_1 == [s EXCEPT
        !.started = [i1 \in interpreter |-> IF i1 \in forgotten_1 THEN Initial.started[i1] ELSE s.started[i1]]]
      forgotten_2 == (0..1) \ thread_state_in_use(s_1)
      s_2 == [s_1 EXCEPT
        !.home = [i1 \in thread_state |-> IF i1 \in forgotten_2 THEN Initial.home[i1] ELSE s_1.home[i1]]]
  IN IF s_2 = s THEN s ELSE Collected(s_2)

\* new interpreter
new_interpreter ==
  /\ state.newest = none
  /\ state' = Collected([state EXCEPT
       !.newest = fresh_interpreter])

\* start
start_2 ==
  /\ state.newest # none
  /\ ~state.started[state.newest]
  /\ Assert(state.newest \in interpreter, "an index is outside its domain")
  /\ state' = Collected([state EXCEPT
       !.started[state.newest] = TRUE])

\* new thread state
new_thread_state ==
  /\ state.current = none
  /\ state' = Collected([state EXCEPT
       !.current = fresh_thread_state])

\* move home
move_home ==
  /\ state.current # none
  /\ state.newest # none
  /\ Assert(state.current \in thread_state, "an index is outside its domain")
  /\ state' = Collected([state EXCEPT
       !.home[state.current] = state.newest,
       !.newest = none])

\* swap
swap ==
  /\ state' = Collected([state EXCEPT
       !.saved = state.current,
       !.current = state.saved])

\* delete
delete ==
  /\ state.current # none
  /\ state' = Collected([state EXCEPT
       !.current = none])

Next ==
  \/ new_interpreter
  \/ start_2
  \/ new_thread_state
  \/ move_home
  \/ swap
  \/ delete

======================================================================
