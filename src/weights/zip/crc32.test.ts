import { expect, test } from 'vitest'
import { crc32 } from './crc32.ts'

test('crc32 gives the checksum that every description of it names', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array(0))).toBe(0)
})

test('crc32 of a text in two parts is that of the whole', () => {
  const bytes = new TextEncoder().encode('123456789')
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926)
})
