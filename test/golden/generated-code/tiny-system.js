'use strict'
function pack(values, vectors, offset) {
  vectors[offset + 0] = values[0] | (values[1] << 2) | ((values[2] + 1) << 4) | ((values[3] + 1) << 6) | (values[4] << 8) | (values[5] << 9)
}
function unpack(vectors, offset, values) {
  values[6] = 0
  values[0] = vectors[offset + 0] & 3
  values[1] = (vectors[offset + 0] >>> 2) & 3
  values[2] = ((vectors[offset + 0] >>> 4) & 3) - 1
  values[3] = ((vectors[offset + 0] >>> 6) & 3) - 1
  values[4] = (vectors[offset + 0] >>> 8) & 1
  values[5] = (vectors[offset + 0] >>> 9) & 1
}
function reusable0(n, at, member) {
  return !n[at + 4 + member]
}
const identities = createIdentities([reusable0])
function formula0(s, n, at) {
  return n[at + 0] < s[0] || n[at + 1] < s[1]
}
function block0(s, into) {
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
function block1(s, into) {
  // "left uses"
  if (!s[4 + within(s[2], 2)]) {
    const at = begin(s, into, 2)
    const n = into.values
    n[at + 4 + within(s[2], 2)] = 1
    n[at + 0] = inDomain(s[0] + 1, 0, 2)
    identities.collect(n, at)
    into.found[into.count] = formula0(s, n, at) ? 2 : 0
    rename(n, at)
    into.count++
  }
}
function block2(s, into) {
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
function block3(s, into) {
  // "right uses"
  if (!s[4 + within(s[3], 2)]) {
    const at = begin(s, into, 5)
    const n = into.values
    n[at + 4 + within(s[3], 2)] = 1
    n[at + 1] = inDomain(s[1] + 1, 0, 2)
    identities.collect(n, at)
    into.found[into.count] = formula0(s, n, at) ? 2 : 0
    rename(n, at)
    into.count++
  }
}
function expand(s, into) {
  into.count = 0
  switch (s[0]) {
    case 0: block0(s, into); break
    case 1: block1(s, into); break
  }
  switch (s[1]) {
    case 0: block2(s, into); break
    case 1: block3(s, into); break
  }
}
function observe0(s) {
  return s[2] !== -1 && s[2] === s[3]
}
function observe(s, into) {
  into.found = observe0(s) ? 1 : 0
  into.premises = 0
  into.isFinal = false
}
return { pack, unpack, expand, observe }
