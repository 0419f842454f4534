/**
 * @file Whether the parts of a detector's description fit together: the anchors stand on maps that the network makes, and
 * the whole is not too large for any machine. Each part by itself has been checked before.
 */
import { anchorsPerCell, type FeatureMapConfig } from '../anchor/feature-maps.ts'
import { gridOf } from '../anchor/model-anchors.ts'
import type { Size } from '../box/box.ts'
import { MOST_ANCHORS, MOST_ANSWERS, MOST_WEIGHTS } from '../check/limits.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { NetworkMap } from './backbones/backbone.ts'
import { backboneOf } from './backbones/backbones.ts'
import { planNetwork } from './backbones/plan.ts'
import type { NetworkDescription } from './description.ts'

/** Something that does not fit: where, what was expected there, and what is there. */
export interface Disagreement {
  readonly path: readonly (string | number)[]
  readonly rule: string
  readonly got: unknown
}

/** What does not fit in a description; usually nothing. @throws SingleshotError E_RULE */
export function disagreementsOf(model: NetworkDescription): Disagreement[] {
  const { network, classes } = model
  const repeated = firstRepeated(classes)
  const misfit = backboneOf(network).misfit?.(network)
  const found = [
    ...(repeated < 0
      ? []
      : [clash(['classes', repeated], 'expected every name once', classes[repeated])]),
    ...(misfit === undefined ? [] : [clash(['network', misfit.option], misfit.rule, misfit.got)]),
    ...disagreementsOfStrides(model),
  ]
  // A network that cannot be built cannot be counted.
  if (found.length > 0) return found
  return [...disagreementsOfMaps(model), ...excesses(model)]
}

/** @throws SingleshotError E_CONFIG naming all that does not fit */
export function checkAgreement(model: NetworkDescription, where: string): void {
  const found = disagreementsOf(model)
  if (found.length === 0) return
  const rule = found.map(({ path, rule, got }) => `${path.join('.')}: ${rule}, got ${got}`)
  throw new SingleshotError('E_CONFIG', { where, rule: rule.join('; ') })
}

/** Strides that a network has no map of, where the description chooses among its maps. */
function disagreementsOfStrides({ network, featureMaps }: NetworkDescription): Disagreement[] {
  const strides = backboneOf(network).strides?.(network)
  if (strides === undefined) return []
  const rule = `expected a stride of the network's maps, one of ${strides.join(', ')}`
  return featureMaps.flatMap(({ stride }, i) =>
    strides.includes(stride) ? [] : [clash(['featureMaps', i, 'stride'], rule, stride)],
  )
}

/** Where all maps of a network are read, those that are described must be the ones that it makes. */
function disagreementsOfMaps(model: NetworkDescription): Disagreement[] {
  const { network, input, featureMaps } = model
  if (backboneOf(network).strides !== undefined) return []
  const { maps } = planOf(model)
  const made = maps.map(show).join(' ')
  if (maps.some(({ width, height }) => width === 0 || height === 0)) {
    const rule = `expected an input large enough for the maps of ${network.name}, which would have ${made} cells`
    return [clash(['input'], rule, show(input))]
  }
  const described = featureMaps.map(({ stride }) => show(gridOf(input, stride))).join(' ')
  if (made === described) return []
  const rule = `expected feature maps of ${made} cells, as the network makes them for this input`
  return [clash(['featureMaps'], rule, described)]
}

/** What is larger than any detector is. */
function excesses(model: NetworkDescription): Disagreement[] {
  const { network, input, classes, featureMaps } = model
  const { maps, weights } = planOf(model)
  const strides = backboneOf(network).strides?.(network)
  const columns = classes.length + 1
  const anchors = sumOf(featureMaps, (map) => {
    const { width, height } = gridOf(input, map.stride)
    return width * height * anchorsPerCell(map)
  })
  const heads = sumOf(featureMaps, (map, i) => {
    const { channels } = mapOf(map, i, maps, strides) ?? { channels: 0 }
    return 9 * channels * anchorsPerCell(map) * (columns + 4)
  })
  const limits = [
    ['anchors', anchors, MOST_ANCHORS],
    ['answers per image, anchors times classes and background', anchors * columns, MOST_ANSWERS],
    ['weights', weights + heads, MOST_WEIGHTS],
  ] as const
  return limits.flatMap(([what, count, most]) =>
    count <= most ? [] : [clash([], `expected a network of at most ${most} ${what}`, count)],
  )
}

/** The map that a head reads: the one of its stride where the description chooses, else the one of its place. */
function mapOf(
  { stride }: FeatureMapConfig,
  index: number,
  maps: readonly NetworkMap[],
  strides: readonly number[] | undefined,
): NetworkMap | undefined {
  return maps[strides === undefined ? index : strides.indexOf(stride)]
}

function planOf({ network, input, featureMaps }: NetworkDescription) {
  return planNetwork(
    network,
    input,
    featureMaps.map(({ stride }) => stride),
  )
}

/** The place of the first name that was there before; -1 if there is none. */
function firstRepeated(names: readonly string[]): number {
  const seen = new Set<string>()
  return names.findIndex((name) => seen.size === seen.add(name).size)
}

function clash(path: Disagreement['path'], rule: string, got: unknown): Disagreement {
  return { path, rule, got }
}

const show = ({ width, height }: Size) => `${width}x${height}`

function sumOf<T>(list: readonly T[], count: (entry: T, index: number) => number): number {
  return list.reduce((sum, entry, i) => sum + count(entry, i), 0)
}
