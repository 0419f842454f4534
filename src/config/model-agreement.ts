/**
 * @file Whether the parts of a detector's description fit together: the anchors stand on maps that the network makes, and
 * the whole is not too large for any machine. Each part by itself has been checked before.
 */

import { anchorsPerCell, type FeatureMapConfig } from '../anchor/feature-maps.ts'
import type { Size } from '../box/box.ts'
import { MOST_ANCHORS, MOST_ANSWERS, MOST_WEIGHTS } from '../check/limits.ts'
import type { ModelConfig } from './model.ts'
import type { TinyConfig } from './network.ts'
import { type NetworkMap, planNetwork } from './network-maps.ts'

/** Something that does not fit: where, what was expected there, and what is there. */
export interface Disagreement {
  readonly path: readonly (string | number)[]
  readonly rule: string
  readonly got: unknown
}

/** What does not fit in a description; usually nothing. */
export function disagreementsOf(model: ModelConfig): Disagreement[] {
  const { network, classes } = model
  const repeated = firstRepeated(classes)
  return [
    ...(repeated < 0
      ? []
      : [clash(['classes', repeated], 'expected every name once', classes[repeated])]),
    ...(network.name === 'tiny' ? disagreementsOfTiny(network, model) : disagreementsOfMaps(model)),
    ...excesses(model),
  ]
}

/** A map's cells across and down: each halving rounds up. @param input pixels */
export function gridOf(input: Size, stride: number): Size {
  return { width: Math.ceil(input.width / stride), height: Math.ceil(input.height / stride) }
}

/** `tiny` makes a map at every stride; the description chooses. */
function disagreementsOfTiny(
  { channels, layers }: TinyConfig,
  { featureMaps }: ModelConfig,
): Disagreement[] {
  const strides = channels.map((_, i) => 2 ** (i + 1))
  const rule = `expected a stride of the network's maps, one of ${strides.join(', ')}`
  return [
    ...(layers.length === channels.length
      ? []
      : [
          clash(
            ['network', 'layers'],
            `expected ${channels.length} entries, as many as channels`,
            layers.length,
          ),
        ]),
    ...featureMaps.flatMap(({ stride }, i) =>
      strides.includes(stride) ? [] : [clash(['featureMaps', i, 'stride'], rule, stride)],
    ),
  ]
}

/** The other networks make their own maps, all of which answer. */
function disagreementsOfMaps({ network, input, featureMaps }: ModelConfig): Disagreement[] {
  const { maps } = planNetwork(network, input)
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
function excesses(model: ModelConfig): Disagreement[] {
  const { network, input, classes, featureMaps } = model
  const { maps, weights } = planNetwork(network, input)
  const columns = classes.length + 1
  const anchors = sumOf(featureMaps, (map) => {
    const { width, height } = gridOf(input, map.stride)
    return width * height * anchorsPerCell(map)
  })
  const heads = sumOf(featureMaps, (map, i) => {
    const { channels } = mapOf(map, i, maps, network.name === 'tiny') ?? { channels: 0 }
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

/** The map that a head reads: the one of its stride for `tiny`, else the one of its place. */
function mapOf(
  { stride }: FeatureMapConfig,
  index: number,
  maps: readonly NetworkMap[],
  byStride: boolean,
): NetworkMap | undefined {
  return maps[byStride ? Math.log2(stride) - 1 : index]
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
