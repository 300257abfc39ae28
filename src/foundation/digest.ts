import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Names a text by its SHA-256: 64 lower-case hexadecimal digits of its UTF-8 bytes. The same in Node and in a browser. */
export function digestOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
