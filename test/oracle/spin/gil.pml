/* A small GIL: N threads, 2 interpreters with a GIL each; threads attach, nest, drop, restore, release; a finalizer per interpreter. */
#ifndef N
#define N 3
#endif
#define M 2
mtype = { idle, want, hold, dropped, released, hung };
byte gil[M];
byte finalizing[M];
mtype at[N];
byte depth[N];
byte home[N];
proctype Thread(byte me) {
  do
  :: d_step { at[me] == idle -> home[me] = 0; at[me] = want }
  :: d_step { at[me] == idle -> home[me] = 1; at[me] = want }
  :: d_step { at[me] == want && gil[home[me]] == 0 && finalizing[home[me]] < 2 -> gil[home[me]] = me + 1; at[me] = hold; depth[me] = 1 }
  :: d_step { at[me] == want && finalizing[home[me]] == 2 -> at[me] = hung }
  :: d_step { at[me] == hold && depth[me] < 2 -> depth[me] = depth[me] + 1 }
  :: d_step { at[me] == hold && depth[me] == 2 -> depth[me] = 1 }
  :: d_step { at[me] == hold -> gil[home[me]] = 0; at[me] = dropped }
  :: d_step { at[me] == dropped && gil[home[me]] == 0 && finalizing[home[me]] < 2 -> gil[home[me]] = me + 1; at[me] = hold }
  :: d_step { at[me] == dropped && finalizing[home[me]] == 2 -> at[me] = hung }
  :: d_step { at[me] == hold && depth[me] == 1 -> gil[home[me]] = 0; at[me] = released; depth[me] = 0 }
  :: d_step { at[me] == released -> at[me] = idle; home[me] = 0 }
  od
}
proctype Finalizer(byte it) {
  do
  :: d_step { gil[it] == 0 && finalizing[it] == 0 -> finalizing[it] = 1 }
  :: d_step { gil[it] == 0 && finalizing[it] == 1 -> finalizing[it] = 2 }
  od
}
init {
  atomic {
    byte i = 0;
    do :: i < N -> at[i] = idle; run Thread(i); i++ :: else -> break od;
    i = 0;
    run Finalizer(0); run Finalizer(1)
  }
}
