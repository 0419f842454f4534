/**
 * @file Whether what is fed fits a graph, looked at before anything is handed over: afterwards the buffers would be
 * gone, and ONNX Runtime's own message names neither the rule nor the place.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Feed, StateSlot } from './engine.ts'

/** An input of a compiled graph. */
export interface InputInfo {
  readonly name: string
  /** As ONNX Runtime names it: `float32`, `int32`. */
  readonly type: string
  /** A name stands for a dimension that may have any size. */
  readonly shape: readonly (number | string)[]
}

/** Names, kinds and shapes as ONNX Runtime tells them of a session. */
export function inputsOf(
  metadata: readonly { name: string; isTensor: boolean; type?: string; shape?: unknown }[],
): InputInfo[] {
  return metadata.map(({ name, type = 'no tensor', shape = [] }) => ({
    name,
    type,
    shape: shape as (number | string)[],
  }))
}

/**
 * The feeds of these inputs, checked. Feeds of other names are left out: a graph has no input for what nothing in it
 * depends on.
 * @throws SingleshotError E_SHAPE
 */
export function checkFeeds(
  inputs: readonly InputInfo[],
  feeds: Readonly<Record<string, Feed>>,
): Record<string, Feed> {
  const owners = new Map<unknown, string>()
  const used: Record<string, Feed> = {}
  for (const input of inputs) {
    const { name } = input
    const feed = Object.hasOwn(feeds, name) ? feeds[name] : undefined
    if (feed === undefined) throw misfit(`expected a feed named ${name}`, Object.keys(feeds))
    checkFeed(input, feed)
    const owner = owners.get(feed.data.buffer)
    if (owner !== undefined)
      throw misfit('expected a buffer of its own for each feed', `one for ${owner} and ${name}`)
    owners.set(feed.data.buffer, name)
    used[name] = feed
  }
  return used
}

const KINDS = { float32: Float32Array, int32: Int32Array } as const

function checkFeed({ name, type, shape: wanted }: InputInfo, { data, shape }: Feed) {
  const kind = KINDS[type as keyof typeof KINDS] as typeof Float32Array | undefined
  if (kind === undefined) throw misfit(`expected no input of type ${type}`, name)
  if (!(data instanceof kind))
    throw misfit(`expected ${kind.name} for the feed ${name}`, kindOf(data))
  if (!Array.isArray(shape) || !fits(shape, wanted))
    throw misfit(`expected shape [${wanted.join(', ')}] for the feed ${name}`, shape)
  const length = product(shape)
  // A buffer that was handed over is empty until the run that took it returns it.
  if (data.buffer.byteLength === 0 && length > 0)
    throw misfit(`expected ${length} numbers for the feed ${name}`, 'a buffer already handed over')
  if (data.length !== length)
    throw misfit(`expected ${length} numbers for the feed ${name}`, data.length)
}

function fits(shape: readonly number[], wanted: InputInfo['shape']): boolean {
  return (
    shape.length === wanted.length &&
    shape.every((side, axis) => {
      const expected = wanted[axis]
      return typeof expected === 'number' ? side === expected : Number.isInteger(side) && side >= 0
    })
  )
}

/** @throws SingleshotError E_SHAPE when a value belongs to no state tensor or has another length */
export function checkState(
  slots: readonly StateSlot[],
  values: ReadonlyMap<string, Float32Array>,
): void {
  for (const [name, value] of values) {
    const slot = slots.find((candidate) => candidate.name === name)
    const where = 'writeState'
    if (!(value instanceof Float32Array))
      throw misfit(`expected Float32Array for ${name}`, kindOf(value), where)
    const length = slot && product(slot.shape)
    if (length !== value.length)
      throw misfit(`expected ${length ?? 'no'} numbers for ${name}`, value.length, where)
  }
}

const product = (shape: readonly number[]) => shape.reduce((size, side) => size * side, 1)

const kindOf = (value: unknown) =>
  (value as object | null | undefined)?.constructor?.name ?? String(value)

function misfit(rule: string, got: unknown, where = 'run'): SingleshotError {
  return new SingleshotError('E_SHAPE', { where, rule, got })
}
