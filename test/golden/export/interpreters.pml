/*
 * interpreters with thread states
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
 * No property is in it: its states alone are asked for.
 *
 * Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.
 */

#define none (-1)

/* interpreter */
#define interpreter_main 0
#define interpreter_1 1
#define interpreter_2 2
#define interpreter_3 3

/* thread state */
#define thread_state_1 0
#define thread_state_2 1

/* The place of an element among all, or -1, which SPIN reports, where an index is not among its members. */
#define at_1(i, i_size) ((0 <= (i) && (i) < (i_size)) -> (i) : -1)

/* newest */
short newest = none;
/* current */
short current = none;
/* saved */
short saved = none;
/* home */
byte home[2] = interpreter_main;
/* started */
bool started[4] = false;

/* Used within a step, and no part of a state. */
hidden short member;
hidden byte changed;
hidden short fresh_interpreter;
hidden byte interpreter_in_use[5];  /* at member + 1 */
hidden short fresh_thread_state;
hidden byte thread_state_in_use[3];  /* at member + 1 */
hidden int kept_value_2;

/* Of interpreter: in use is what cannot be used again, and what something refers to. */
inline mark_interpreter_in_use() {
  interpreter_in_use[0] = 0;
  for (member : 0 .. 3) {
    interpreter_in_use[member + 1] = (member < 1)
  };
  interpreter_in_use[newest + 1] = 1;
  interpreter_in_use[home[thread_state_1] + 1] = 1;
  interpreter_in_use[home[thread_state_2] + 1] = 1;
}

/* Of thread state: in use is what cannot be used again, and what something refers to. */
inline mark_thread_state_in_use() {
  thread_state_in_use[0] = 0;
  for (member : 0 .. 1) {
    thread_state_in_use[member + 1] = (false)
  };
  thread_state_in_use[current + 1] = 1;
  thread_state_in_use[saved + 1] = 1;
}

/* The lowest interpreter that is not in use, or none. */
inline find_fresh_interpreter() {
  mark_interpreter_in_use();
  fresh_interpreter = none;
  for (member : 1 .. 3) {
    if
    :: fresh_interpreter == none && !interpreter_in_use[member + 1] -> fresh_interpreter = member
    :: else
    fi
  }
}

/* The lowest thread state that is not in use, or none. */
inline find_fresh_thread_state() {
  mark_thread_state_in_use();
  fresh_thread_state = none;
  for (member : 0 .. 1) {
    if
    :: fresh_thread_state == none && !thread_state_in_use[member + 1] -> fresh_thread_state = member
    :: else
    fi
  }
}

/* Gives everything that belongs to a forgotten identity its initial value again, until nothing changes. */
inline collect_forgotten() {
  changed = 1;
  do
  :: changed ->
     changed = 0;
     mark_interpreter_in_use();
     for (member : 1 .. 3) {
       if
       :: !interpreter_in_use[member + 1] ->
          changed = changed || started[member] != false;
          started[member] = false;
       :: else
       fi
     };
     mark_thread_state_in_use();
     for (member : 0 .. 1) {
       if
       :: !thread_state_in_use[member + 1] ->
          changed = changed || home[member] != interpreter_main;
          home[member] = interpreter_main;
       :: else
       fi
     };
  :: else -> break
  od
}

active proctype model()
{
end:
  do
  :: atomic {
       if
       /* new interpreter */
       :: d_step {
            newest == none ->
            find_fresh_interpreter();
            assert(fresh_interpreter != none);
            newest = fresh_interpreter
          }
       /* start */
       :: d_step {
            newest != none &&
            !started[newest] ->
            started[newest] = true
          }
       /* new thread state */
       :: d_step {
            current == none ->
            find_fresh_thread_state();
            assert(fresh_thread_state != none);
            current = fresh_thread_state
          }
       /* move home */
       :: d_step {
            current != none &&
            newest != none ->
            assert(0 <= newest);
            home[current] = newest;
            newest = none
          }
       /* swap */
       :: d_step {
            true ->
            kept_value_2 = saved;
            saved = current;
            current = kept_value_2
          }
       /* delete */
       :: d_step {
            current != none ->
            current = none
          }
       fi;
       d_step { collect_forgotten(); skip }
     }
  od
}
