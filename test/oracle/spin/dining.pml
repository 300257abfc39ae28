/* Dining philosophers, N = 3, left fork first. Deadlocks. */
#define N 3
byte fork[N]; byte at[N];
proctype P(byte i) { do
 :: d_step { at[i] == 0 && fork[i] == 0 -> fork[i] = i + 1; at[i] = 1 }
 :: d_step { at[i] == 1 && fork[(i + 1) % N] == 0 -> fork[(i + 1) % N] = i + 1; at[i] = 2 }
 :: d_step { at[i] == 2 -> fork[i] = 0; at[i] = 3 }
 :: d_step { at[i] == 3 -> fork[(i + 1) % N] = 0; at[i] = 0 }
 od }
init { atomic { run P(0); run P(1); run P(2) } }
