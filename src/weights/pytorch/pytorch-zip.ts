/**
 * @file What `torch.save` has written since version 1.6: a zip archive of a folder, whatever its name.
 *
 *     NAME/data.pkl     a pickle: the dictionary, with a key for each storage
 *     NAME/data/KEY     the bytes of a storage
 *     NAME/byteorder    `little` or `big`; absent before version 2.1: little
 *     NAME/version      and others that are not needed
 */

import { type Refuse, refusal } from '../refuse.ts'
import { crc32 } from '../zip/crc32.ts'
import { readZip, type ZipEntry } from '../zip/zip.ts'
import { readPickle } from './pickle.ts'
import { PYTORCH_NAMES } from './pytorch-names.ts'

/** A file of PyTorch, taken apart. */
export interface PyTorchFile {
  /** What was saved; its tensors refer to storages by key. */
  readonly root: unknown
  /** The bytes of the storages by key, as views of the file. */
  readonly storages: ReadonlyMap<string, Uint8Array>
}

/** The pickle names the tensors; their numbers are elsewhere. Some thousand take less than a megabyte. */
const LARGEST_PICKLE = 16 * 1024 * 1024
/** What every zip archive with an entry begins with. */
const OPENING = [0x50, 0x4b, 0x03, 0x04]

/** Whether a file begins as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return OPENING.every((byte, i) => bytes[i] === byte)
}

/**
 * Takes a file apart.
 * @param file its name, for messages
 * @throws SingleshotError E_WEIGHTS_FILE if it is damaged or was not written by PyTorch
 */
export function readPyTorchZip(bytes: Uint8Array, file: string): PyTorchFile {
  const refuse = refusal('E_WEIGHTS_FILE', { where: 'readPyTorch', file })
  const entries = readZip(bytes, file)
  const pickles = [...entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name))
  if (pickles.length !== 1)
    throw refuse(
      'expected a zip archive of PyTorch, with one data.pkl in its folder',
      pickles.length,
    )
  const folder = pickles[0]!.slice(0, -'data.pkl'.length)
  checkByteOrder(entries.get(`${folder}byteorder`), refuse)
  const pickle = entries.get(pickles[0]!)!
  if (pickle.data.length > LARGEST_PICKLE)
    throw refuse(`expected a data.pkl of at most ${LARGEST_PICKLE} bytes`, pickle.data.length)
  checkSum(pickle, refuse)
  const { value } = readPickle({ bytes: pickle.data, names: PYTORCH_NAMES, file })
  const storages = new Map<string, Uint8Array>()
  for (const [name, { data }] of entries)
    if (name.startsWith(`${folder}data/`)) storages.set(name.slice(`${folder}data/`.length), data)
  return { root: value, storages }
}

function checkByteOrder(entry: ZipEntry | undefined, refuse: Refuse): void {
  const order = entry === undefined ? 'little' : new TextDecoder().decode(entry.data.subarray(0, 8))
  if (order.trim() !== 'little')
    throw refuse('expected numbers saved on a little endian machine', `byte order ${order}`)
}

/** The storages' sums are not compared: that would take longer than all the rest of reading. */
function checkSum({ data, crc32: expected }: ZipEntry, refuse: Refuse): void {
  // PyTorch can be told to leave the sum out; it then writes 0.
  if (expected === 0) return
  const actual = crc32(data)
  if (actual !== expected)
    throw refuse(`expected a data.pkl of checksum ${expected}; the file is damaged`, actual)
}
