-- interpreters with thread states
--
-- For Rumur: each rule is an action of the model. Identities are ranges, not scalarsets, so that every state is counted.
--
-- How many states it has was not counted: this is a test
--
-- Run it:
--   rumur --deadlock-detection off --output model.c model.m
--   gcc -O1 -mcx16 -o model model.c -lpthread
--   ./model      # "State Space Explored"; an error comes with its trace
--
-- No property is in it: its states alone are asked for.
--
-- Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.

const
  none: -1;
  interpreter_main: 0;
  interpreter_1: 1;
  interpreter_2: 2;
  interpreter_3: 3;
  thread_state_1: 0;
  thread_state_2: 1;

type
  interpreter: 0..3;
  interpreter_or_none: -1..3;
  thread_state: 0..1;
  thread_state_or_none: -1..1;
  flags_of_interpreter: array [-1..3] of boolean;
  flags_of_thread_state: array [-1..1] of boolean;

var
  -- newest
  newest: interpreter_or_none;
  -- current
  current: thread_state_or_none;
  -- saved
  saved: thread_state_or_none;
  -- home
  home: array [thread_state] of interpreter;
  -- started
  started: array [interpreter] of boolean;

-- Of interpreter: in use is what cannot be used again, and what something refers to.
procedure mark_interpreter_in_use(var in_use: flags_of_interpreter);
begin
  in_use[-1] := false;
  for member: 0..3 do
    in_use[member] := member < 1;
  end;
  in_use[newest] := true;
  in_use[home[thread_state_1]] := true;
  in_use[home[thread_state_2]] := true;
  in_use[-1] := false;
end;

-- Of thread state: in use is what cannot be used again, and what something refers to.
procedure mark_thread_state_in_use(var in_use: flags_of_thread_state);
begin
  in_use[-1] := false;
  for member: 0..1 do
    in_use[member] := false;
  end;
  in_use[current] := true;
  in_use[saved] := true;
  in_use[-1] := false;
end;

-- The lowest interpreter that is not in use, or none.
function lowest_free_interpreter(): -1..3;
var
  in_use: flags_of_interpreter;
begin
  mark_interpreter_in_use(in_use);
  for member: 1..3 do
    if !in_use[member] then return member; end;
  end;
  return -1;
end;

-- The lowest thread state that is not in use, or none.
function lowest_free_thread_state(): -1..1;
var
  in_use: flags_of_thread_state;
begin
  mark_thread_state_in_use(in_use);
  for member: 0..1 do
    if !in_use[member] then return member; end;
  end;
  return -1;
end;

-- Gives everything that belongs to a forgotten identity its initial value again, until nothing changes.
procedure collect_forgotten();
var
  changed: boolean;
  interpreter_in_use: flags_of_interpreter;
  thread_state_in_use: flags_of_thread_state;
begin
  changed := true;
  while changed do
    changed := false;
    mark_interpreter_in_use(interpreter_in_use);
    for member: 1..3 do
      if !interpreter_in_use[member] then
        if started[member] != false then changed := true; end;
        started[member] := false;
      end;
    end;
    mark_thread_state_in_use(thread_state_in_use);
    for member: 0..1 do
      if !thread_state_in_use[member] then
        if home[member] != interpreter_main then changed := true; end;
        home[member] := interpreter_main;
      end;
    end;
  end;
end;

startstate "initial"
begin
  newest := none;
  current := none;
  saved := none;
  for each_1: thread_state do home[each_1] := interpreter_main; end;
  for each_1: interpreter do started[each_1] := false; end;
end;

-- new interpreter
rule "new interpreter"
  newest = none
==>
var
  fresh_interpreter: -1..3;
begin
  fresh_interpreter := lowest_free_interpreter();
  if fresh_interpreter = none then error "every interpreter is in use"; end;
  newest := fresh_interpreter;
  collect_forgotten();
end;

-- start
rule "start"
  newest != none
  & !started[newest]
==>
begin
  started[newest] := true;
  collect_forgotten();
end;

-- new thread state
rule "new thread state"
  current = none
==>
var
  fresh_thread_state: -1..1;
begin
  fresh_thread_state := lowest_free_thread_state();
  if fresh_thread_state = none then error "every thread state is in use"; end;
  current := fresh_thread_state;
  collect_forgotten();
end;

-- move home
rule "move home"
  current != none
  & newest != none
==>
begin
  home[current] := newest;
  newest := none;
  collect_forgotten();
end;

-- swap
rule "swap"
  true
==>
var
  kept_value_2: thread_state_or_none;
begin
  kept_value_2 := saved;
  saved := current;
  current := kept_value_2;
  collect_forgotten();
end;

-- delete
rule "delete"
  current != none
==>
begin
  current := none;
  collect_forgotten();
end;
