/**
 * @file CRC-32, the checksum of zip archives: the bytes as one long polynomial over 0 and 1, divided by a
 * fixed one; the remainder changes with every single damaged byte. (IEEE 802.3, lowest bit first.)
 */

const POLYNOMIAL = 0xedb88320

/** The remainder that one byte leaves. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1
  return rest
})

/** The checksum of some bytes, 0 to 2^32 - 1. @param before the checksum of the bytes before them, if any */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = before ^ 0xffffffff
  for (const byte of bytes) rest = (rest >>> 8) ^ remainders[(rest ^ byte) & 255]!
  return (rest ^ 0xffffffff) >>> 0
}
