import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Names a text by its SHA-256: 64 lower-case hexadecimal digits of its UTF-8 bytes. The same in Node and in a browser. */
export function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** What a Content-Security-Policy says of a text it allows: "sha256-" and the SHA-256 of its UTF-8 bytes in Base64. */
export function policyHashOf(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const bits = [...sha256(utf8ToBytes(text))].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const digits = (bits.match(/.{1,6}/g) ?? []).map((group) => alphabet.charAt(Number.parseInt(group.padEnd(6, '0'), 2))).join('')
  return `sha256-${digits.padEnd(Math.ceil(digits.length / 4) * 4, '=')}`
}
