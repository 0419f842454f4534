/**
 * @file Whether the tensors of a foreign file are those of our network. A name that is missing or too many
 * means another network, and half a network detects nothing: that is an error which says what was expected
 * and what found. Only a backbone's tensor may have another shape: it is left out, and told.
 */
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Floats, Shape } from '../../graph/tensor.ts'
import type { StoredTensor } from '../safetensors/safetensors.ts'
import { type NameMap, theirName } from './name-maps.ts'

/** A tensor that has another shape than the network's. */
export interface Misfit {
  /** The file's name for it. */
  readonly name: string
  readonly expected: Shape
  readonly got: Shape
}

/** What of a file the network takes. */
export interface Fit {
  /** By our names, in the order of the network. */
  readonly weights: ReadonlyMap<string, Floats>
  /** Left out; empty for a detector. */
  readonly misfits: readonly Misfit[]
}

/** A file and the network that shall take it. */
export interface FitRequest {
  /** By plain name; only those that are needed. */
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** Shapes of the network's tensors, by our names. */
  readonly wanted: ReadonlyMap<string, Shape>
  readonly map: NameMap
  /** Names of the model and the file, for messages. */
  readonly model: string
  readonly file: string
}

/** Names that a message lists; the others are counted. */
const LISTED = 3

/** Finds the network's tensors in a file. @throws SingleshotError E_WEIGHTS_FIT if it is of another network */
export function fitTensors({ tensors, wanted, map, model, file }: FitRequest): Fit {
  const weights = new Map<string, Floats>()
  const misfits: Misfit[] = []
  const missing: string[] = []
  const unexpected = new Set(tensors.keys())
  for (const [ours, expected] of wanted) {
    const name = theirName(map, ours)
    if (name === null) continue
    unexpected.delete(name)
    const tensor = tensors.get(name)
    if (tensor === undefined) missing.push(`${name} ${show(expected)}`)
    else if (show(tensor.shape) !== show(expected))
      misfits.push({ name, expected, got: tensor.shape })
    else weights.set(ours, tensor.data)
  }
  const fits = map.kind === 'backbone' ? weights.size > 0 : misfits.length === 0
  if (fits && missing.length === 0 && unexpected.size === 0) return { weights, misfits }
  const count = weights.size + misfits.length + missing.length
  throw new SingleshotError('E_WEIGHTS_FIT', {
    where: 'importWeights',
    rule: `expected the ${count} tensors that ${map.title} for ${model} has, and no others`,
    got: [
      `${tensors.size}`,
      ...list('missing', missing),
      ...list('unexpected', [...unexpected]),
      ...list('of another shape', misfits.map(describeMisfit)),
    ].join('; '),
    file,
  })
}

/** "features.13.block.3.0.weight [160, 672, 1, 1] instead of [80, 672, 1, 1]". */
export function describeMisfit({ name, expected, got }: Misfit): string {
  return `${name} ${show(got)} instead of ${show(expected)}`
}

/** "a, b, c and 31 more". */
export function firstOf(names: readonly string[]): string {
  const more = names.length - LISTED
  return names.slice(0, LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function list(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${names.length} ${what}: ${firstOf(names)}`]
}

function show(shape: Shape): string {
  return `[${shape.join(', ')}]`
}
