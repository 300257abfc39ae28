const fields = [
  { slot: 0, word: 0, shift: 0, bits: 2, lowest: 0 },
  { slot: 1, word: 0, shift: 2, bits: 2, lowest: 0 },
  { slot: 2, word: 0, shift: 4, bits: 2, lowest: -1 },
  { slot: 3, word: 0, shift: 6, bits: 2, lowest: -1 },
  { slot: 4, word: 0, shift: 8, bits: 1, lowest: 0 },
  { slot: 5, word: 0, shift: 9, bits: 1, lowest: 0 },
]
const constants = [
  { slot: 6, value: 0 },
]
function reusable0(n, at, member) {
  return !n[at + 4 + member]
}
const identities = createIdentities([reusable0])
function formula0(s, n, at) {
  return n[at + 0] < s[0] || n[at + 1] < s[1]
}
const formulas = [formula0]
function attempt0(s, into) {
  // "left allocates"
  if (s[2] === -1) {
    const at = begin(s, into, 0)
    const n = into.values
    n[at + 2] = identities.fresh(0, s, 0)
    n[at + 0] = 1
    identities.collect(n, at)
    rename(n, at)
    into.count++
  }
}
function attempt1(s, into) {
  // "left uses"
  if (!s[4 + within(s[2], 2)]) {
    const at = begin(s, into, 2)
    const n = into.values
    n[at + 4 + within(s[2], 2)] = 1
    n[at + 0] = inDomain(s[0] + 1, 0, 2)
    identities.collect(n, at)
    into.found[into.count] = formulas[0](s, n, at) ? 2 : 0
    rename(n, at)
    into.count++
  }
}
function attempt2(s, into) {
  // "right allocates"
  if (s[3] === -1) {
    const at = begin(s, into, 3)
    const n = into.values
    n[at + 3] = identities.fresh(0, s, 0)
    n[at + 1] = 1
    identities.collect(n, at)
    rename(n, at)
    into.count++
  }
}
function attempt3(s, into) {
  // "right uses"
  if (!s[4 + within(s[3], 2)]) {
    const at = begin(s, into, 5)
    const n = into.values
    n[at + 4 + within(s[3], 2)] = 1
    n[at + 1] = inDomain(s[1] + 1, 0, 2)
    identities.collect(n, at)
    into.found[into.count] = formulas[0](s, n, at) ? 2 : 0
    rename(n, at)
    into.count++
  }
}
function expand(s, into) {
  into.count = 0
  switch (s[0]) {
    case 0: attempt0(s, into); break
    case 1: attempt1(s, into); break
  }
  switch (s[1]) {
    case 0: attempt2(s, into); break
    case 1: attempt3(s, into); break
  }
}
function condition0(s) {
  return s[2] !== -1 && s[2] === s[3]
}
function observe(s, into) {
  into.found = condition0(s) ? 1 : 0
  into.premises = 0
  into.isFinal = false
}
