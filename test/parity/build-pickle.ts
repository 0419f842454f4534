/** @file Writes pickles, honest and hostile, an instruction at a time, as tests of reading need them. */

/** Some instructions. */
export type Code = readonly number[]

/** Protocol, instructions, stop. */
export function pickle(...body: Code[]): Uint8Array {
  return Uint8Array.from([0x80, 2, ...body.flat(), 0x2e])
}

/** None. */
export const none: Code = [0x4e]

/** Text. */
export function text(value: string): Code {
  const bytes = new TextEncoder().encode(value)
  return [0x58, ...littleEndian(bytes.length, 4), ...bytes]
}

/** A whole number of up to 64 bits. */
export function int(value: number): Code {
  return [0x8a, 8, ...littleEndian(value, 8)]
}

/** A mention of what Python would import. */
export function name(module: string, inside: string): Code {
  return [0x63, ...new TextEncoder().encode(`${module}\n${inside}\n`)]
}

/** A tuple of any length. */
export function tuple(...items: Code[]): Code {
  return [0x28, ...items.flat(), 0x74]
}

/** A list. */
export function list(...items: Code[]): Code {
  return [0x5d, 0x28, ...items.flat(), 0x65]
}

/** A dictionary of keys and values in turn. */
export function dict(...keysAndValues: Code[]): Code {
  return [0x7d, 0x28, ...keysAndValues.flat(), 0x75]
}

/** A call of a name. */
export function call(callee: Code, ...args: Code[]): Code {
  return [...callee, ...tuple(...args), 0x52]
}

/** Keeps the latest value in the memo. */
export function remember(key: number): Code {
  return [0x71, key]
}

/** The value in the memo. */
export function recall(key: number): Code {
  return [0x68, key]
}

/** PyTorch's mention of a storage: a row of numbers outside the pickle. */
export function storage(key: string, count: number, { type = 'FloatStorage' } = {}): Code {
  const id = [text('storage'), name('torch', type), text(key), text('cpu'), int(count)]
  return [...tuple(...id), 0x51]
}

/** How a tensor walks through its storage. */
export interface Walk {
  readonly offset?: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

/** PyTorch's mention of a tensor. */
export function tensor(inside: Code, { offset = 0, shape, strides }: Walk): Code {
  const numbers = [int(offset), tuple(...shape.map(int)), tuple(...strides.map(int))]
  return call(name('torch._utils', '_rebuild_tensor_v2'), inside, ...numbers, [0x89], dict())
}

function littleEndian(value: number, length: number): number[] {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true)
  return [...bytes.subarray(0, length)]
}
