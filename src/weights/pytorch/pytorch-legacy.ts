/**
 * @file What `torch.save` wrote until version 1.5, and still writes when told to: five pickles, one after
 * another, and then the numbers.
 *
 *     a fixed number that says what kind of file it is
 *     1001                      version of the format
 *     { little_endian: ... }    the machine it was saved on
 *     the dictionary            with a key for each storage
 *     [key, key, ...]           the order of the storages
 *     for each: 8 bytes         how many elements it has, then the elements
 */
import { ByteReader } from '../byte-reader.ts'
import { type Refuse, refusal } from '../refuse.ts'
import { readPickle } from './pickle.ts'
import { isOpaque, kindOf, type PickleNames } from './pickle-names.ts'
import { findStorage, PYTORCH_NAMES, type Storage } from './pytorch-names.ts'
import type { PyTorchFile } from './pytorch-zip.ts'

/** The pickle of 0x1950a86a20f9469cfc6c. */
const OPENING = [
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
]
const FORMAT_VERSION = 1001
/** The pickles before the dictionary hold plain values. */
const NO_NAMES: PickleNames = { list: new Map() }

/** Whether a file begins as one of PyTorch before version 1.6 does. */
export function isPyTorchLegacy(bytes: Uint8Array): boolean {
  return OPENING.every((byte, i) => bytes[i] === byte)
}

/**
 * Takes a file apart that `isPyTorchLegacy`.
 * @param file its name, for messages
 * @throws SingleshotError E_WEIGHTS_FILE if it is damaged
 */
export function readPyTorchLegacy(bytes: Uint8Array, file: string): PyTorchFile {
  const refuse = refusal('E_WEIGHTS_FILE', { where: 'readPyTorch', file })
  let begin = OPENING.length
  const next = (names: PickleNames) => {
    const { value, end } = readPickle({ bytes, begin, names, file })
    begin = end
    return value
  }
  checkVersion(next(NO_NAMES), refuse)
  checkMachine(next(NO_NAMES), refuse)
  const mentioned = new Map<string, Storage>()
  const root = next({
    list: PYTORCH_NAMES.list,
    find: (id, refuseId) => {
      const storage = findStorage(id, refuseId)
      // Where the next storage begins depends on this one's kind.
      if (isOpaque(storage)) throw refuseId('expected numbers of a known kind', storage.name)
      mentioned.set(storage.key, storage)
      return storage
    },
  })
  const keys = next(NO_NAMES)
  if (!Array.isArray(keys)) throw refuse('expected a list of storages', kindOf(keys))
  const numbers = new ByteReader(bytes, refuse, begin)
  const storages = new Map<string, Uint8Array>()
  for (const key of keys) storages.set(key, takeStorage(numbers, mentioned.get(key), refuse))
  if (numbers.left > 0) throw refuse('expected nothing after the last storage', numbers.left)
  return { root, storages }
}

function checkVersion(version: unknown, refuse: Refuse): void {
  if (version !== FORMAT_VERSION)
    throw refuse(
      `expected version ${FORMAT_VERSION} of the format`,
      typeof version === 'number' ? version : kindOf(version),
    )
}

function checkMachine(machine: unknown, refuse: Refuse): void {
  const littleEndian = machine instanceof Map ? machine.get('little_endian') : undefined
  if (littleEndian !== true)
    throw refuse('expected numbers saved on a little endian machine', kindOf(littleEndian))
}

/** How long an element is, only the dictionary says. */
function takeStorage(
  numbers: ByteReader,
  storage: Storage | undefined,
  refuse: Refuse,
): Uint8Array {
  if (storage === undefined) throw refuse('expected only storages of the dictionary', 'another')
  const count = numbers.u64()
  if (count !== storage.count)
    throw refuse(`expected ${storage.count} elements in storage ${storage.key}`, count)
  return numbers.take(count * storage.type.bytes)
}
