-- mutex
--
-- For Rumur: each rule is an action of the model. Identities are ranges, not scalarsets, so that every state is counted.
--
-- How many states it has was not counted: this is a test
--
-- Run it:
--   rumur --deadlock-detection stuck --output model.c model.m
--   gcc -O1 -mcx16 -o model model.c -lpthread
--   ./model      # "State Space Explored"; an error comes with its trace
--
-- Properties in it:
--   one-inside (invariant)
--   right-never-leads (forbidden-transition)
--   no-deadlock (no-deadlock)
-- Properties that it leaves out, as they cannot be said here:
--   can-leave (can-always-reach)
--
-- Believe a violation only when "gilproof check" with the same design, client and bounds shows it too; its trace is replayed step by step.

const
  none: -1;
  thread_1: 0;
  thread_2: 1;

type
  thread: 0..1;
  thread_or_none: -1..1;

var
  -- owner
  owner: thread_or_none;
  -- inside: threads in the critical section
  inside: 0..2;

startstate "initial"
begin
  owner := none;
  inside := 0;
end;

-- left locks
rule "left locks"
  owner = none
==>
begin
  owner := thread_1;
  inside := inside + 1;
end;

-- left unlocks
rule "left unlocks"
  owner = thread_1
==>
begin
  owner := none;
  inside := inside - 1;
end;

-- right locks
rule "right locks"
  owner = none
==>
var
  before_inside: 0..2;
begin
  before_inside := inside;
  owner := thread_2;
  inside := inside + 1;
  if inside = before_inside + 1 & before_inside = 1 then error "right-never-leads"; end;
end;

-- right unlocks
rule "right unlocks"
  owner = thread_2
==>
begin
  owner := none;
  inside := inside - 1;
end;

-- Stopping here is intended, so it is no deadlock.
rule "rests"
  true
==>
begin
end;

-- At most one thread is inside.
invariant "one-inside"
  inside < 2;
