/** @file Writes files as `torch.save` does, of any pickle and any storages, as tests of reading need them. */
import { type Code, dict, int, list, pickle, text } from './build-pickle.ts'
import { buildZip, type EntryPlan } from './build-zip.ts'

/** The bytes of storages by key. */
export type Storages = Readonly<Record<string, Uint8Array>>

/** The bytes of 32-bit floats. */
export function floats(...values: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer)
}

/** A zip archive as PyTorch has written since version 1.6. @param more entries beside those needed */
export function buildCheckpoint(
  root: Code,
  storages: Storages,
  more: EntryPlan[] = [],
): Uint8Array {
  return buildZip([
    { name: 'net/data.pkl', data: pickle(root) },
    ...Object.entries(storages).map(([key, data]) => ({ name: `net/data/${key}`, data })),
    ...more,
  ])
}

/** What a test may get wrong in a file of before version 1.6. */
export interface LegacyPlan {
  readonly version?: number
  readonly littleEndian?: boolean
  /** Elements that each storage claims; by default its bytes are floats. */
  readonly count?: number
  /** Keys of the list of storages; by default all. */
  readonly keys?: readonly string[]
}

/** What PyTorch wrote before version 1.6: five pickles and the storages. */
export function buildLegacy(root: Code, storages: Storages, plan: LegacyPlan = {}): Uint8Array {
  const { version = 1001, littleEndian = true, keys = Object.keys(storages) } = plan
  const magic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]
  const machine = dict(text('little_endian'), [littleEndian ? 0x88 : 0x89])
  const pickles = [magic, int(version), machine, root, list(...keys.map(text))]
  const numbers = keys.flatMap((key) => {
    const data = storages[key] ?? new Uint8Array(0)
    const count = BigInt(plan.count ?? data.length / 4)
    return [...new Uint8Array(BigInt64Array.of(count).buffer), ...data]
  })
  return Uint8Array.from([...pickles.flatMap((code) => [...pickle(code)]), ...numbers])
}
