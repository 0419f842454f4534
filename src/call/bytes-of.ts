/** @file The content of a file in whatever wrapping a program hands it over. */

/** @returns a view of the bytes, not a copy where one can be avoided; undefined for what holds no bytes */
export async function bytesOf(value: unknown): Promise<Uint8Array | undefined> {
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  return value instanceof Blob ? new Uint8Array(await value.arrayBuffer()) : undefined
}
