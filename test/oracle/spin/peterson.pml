/* Peterson's mutual exclusion, two processes that go round for ever; one step per line of the algorithm. */
bool wants[2]; bit turn; byte at0, at1; byte ghost;
active proctype A() { do :: d_step { wants[0] = 1; at0 = 1 } d_step { turn = 1; at0 = 2 } d_step { (wants[1] == 0 || turn == 0) -> at0 = 3 } d_step { wants[0] = 0; at0 = 0 } od }
active proctype B() { do :: d_step { wants[1] = 1; at1 = 1 } d_step { turn = 0; at1 = 2 } d_step { (wants[0] == 0 || turn == 1) -> at1 = 3 } d_step { wants[1] = 0; at1 = 0 } od }
