/**
 * @file Anchors that fit the objects of a dataset: the numbers of a model's feature maps, changed until every object has
 * an anchor that lies over it as well as can be.
 *
 * Only the numbers change (sizes, scales, ratios), never how many there are: the network's heads keep their shapes. What
 * is climbed is
 *
 *     score = mean over the objects of min(best IoU, threshold + .15) + 4 · share of those whose best IoU reaches the threshold
 *
 * where an object's best anchor is looked for in the cell that its centre lies in, on every map: no other cell's can lie
 * better. One number after the other is made a little larger or smaller while that helps, with ever smaller steps
 * (coordinate ascent); so the result is always the same. Numbers that are equal on all maps at first stay equal.
 *
 * Shapes: M objects.
 */
import { scaleBox } from '../box/scale.ts'
import type { Example } from '../dataset/dataset.ts'
import type { FeatureMapConfig } from './feature-maps.ts'
import { type AnchorConfig, featureMapsOf } from './model-anchors.ts'

/** An object as the network's input shows it: its centre and sides, pixels of the input. */
export interface FitObject {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Objects that are looked at: of more, every second, third, ... */
const MOST_OBJECTS = 4000

/** By how much a number is changed: first much, then little. */
const STEPS = [1.3, 1.15, 1.07, 1.03, 1.01]

/** An object that no anchor reaches is learned badly. */
const REACHED = 4

/**
 * An anchor that lies this much better than the matching threshold asks lies well enough. Rewarding more made anchors
 * crowd about the commonest sizes, and detectors of playing cards, whose objects were all reached, worse (docs/log.md).
 */
const MARGIN = 0.15

/**
 * Anchors that reach this share of the objects are left alone: there is nothing to gain, and BCCD's detectors became worse
 * by .06 of mAP50 (docs/log.md).
 */
const WELL_REACHED = 0.98

/** Rounds with one step: each goes through all numbers, and ends early when none changed. */
const ROUNDS = 12

/** The objects of examples, warped to an input. */
export function fitObjects(
  examples: readonly Example[],
  input: AnchorConfig['input'],
): FitObject[] {
  const all = examples.flatMap(({ objects, size }) =>
    objects.map(({ box }) => {
      const { x1, y1, x2, y2 } = scaleBox(box, size, input)
      return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: x2 - x1, height: y2 - y1 }
    }),
  )
  const nth = Math.ceil(all.length / MOST_OBJECTS)
  return all.filter((_, i) => i % nth === 0)
}

/** How well anchors fit, for {@link fitAnchors}: 0..5. */
export function fitScore(
  config: AnchorConfig,
  objects: readonly FitObject[],
  matchIouThreshold: number,
): number {
  const maps = featureMapsOf(config)
  const enough = matchIouThreshold + MARGIN
  let sum = 0
  for (const object of objects) {
    const best = bestIou(object, maps)
    sum += Math.min(best, enough) + (best >= matchIouThreshold ? REACHED : 0)
  }
  return objects.length === 0 ? 0 : sum / objects.length
}

/** The overlap of an object with the anchor that lies best over it. */
function bestIou(object: FitObject, maps: ReturnType<typeof featureMapsOf>): number {
  let best = 0
  for (const { gridWidth, gridHeight, strideX, strideY, shapes } of maps) {
    const dx = fromCentre(object.x, strideX, gridWidth)
    const dy = fromCentre(object.y, strideY, gridHeight)
    for (const shape of shapes) best = Math.max(best, iouAt(object, shape, dx, dy))
  }
  return best
}

/** Whether nearly all objects have an anchor that reaches them. */
function reachesWell(
  config: AnchorConfig,
  objects: readonly FitObject[],
  matchIouThreshold: number,
): boolean {
  const maps = featureMapsOf(config)
  const reached = objects.filter((object) => bestIou(object, maps) >= matchIouThreshold).length
  return reached >= WELL_REACHED * objects.length
}

/** How far a coordinate is from the centre of the cell it lies in. */
function fromCentre(at: number, stride: number, cells: number): number {
  const cell = Math.min(cells - 1, Math.max(0, Math.floor(at / stride)))
  return Math.abs(at - (cell + 0.5) * stride)
}

/** IoU of two boxes whose centres are apart by dx, dy >= 0. */
function iouAt(
  a: { readonly width: number; readonly height: number },
  b: { readonly width: number; readonly height: number },
  dx: number,
  dy: number,
): number {
  const width = Math.min(a.width, b.width, (a.width + b.width) / 2 - dx)
  const height = Math.min(a.height, b.height, (a.height + b.height) / 2 - dy)
  if (width <= 0 || height <= 0) return 0
  const both = width * height
  return both / (a.width * a.height + b.width * b.height - both)
}

/**
 * Feature maps whose anchors fit objects better; the same ones where nearly every object is reached as it is.
 * @param objects of {@link fitObjects}, M; without any, nothing changes
 * @param matchIouThreshold of the model: what an anchor must reach to be responsible, 0..1
 */
export function fitAnchors(
  config: AnchorConfig,
  objects: readonly FitObject[],
  { matchIouThreshold }: { readonly matchIouThreshold: number },
): FeatureMapConfig[] {
  if (reachesWell(config, objects, matchIouThreshold)) return [...config.featureMaps]
  let maps: readonly FeatureMapConfig[] = config.featureMaps
  const score = () => fitScore({ ...config, featureMaps: maps }, objects, matchIouThreshold)
  let best = score()
  const numbers = numbersOf(maps)
  for (const step of objects.length === 0 ? [] : STEPS)
    for (let round = 0; round < ROUNDS; round++) {
      const before = best
      for (const number of numbers)
        for (const factor of [step, 1 / step]) {
          const former = maps
          maps = scaled(maps, number, factor)
          const now = score()
          if (now > best + 1e-9) best = now
          else maps = former
        }
      if (best === before) break
    }
  return maps.map(roundedMap)
}

/** A number of the feature maps, and all that stay equal to it: paths like `[0, 'sizes', 2]`. */
type Tied = readonly (readonly [map: number, key: string, at: number])[]

/** The numbers that may change. */
function numbersOf(maps: readonly FeatureMapConfig[]): Tied[] {
  const ratios = (map: FeatureMapConfig) => ('aspectRatios' in map ? map.aspectRatios : [])
  const alike = maps.every((map) => String(ratios(map)) === String(ratios(maps[0]!)))
  const own = maps.flatMap((map, i): Tied[] => {
    if ('scale' in map) {
      // A map's second square reaches towards the next map's scale.
      const former: Tied = i === 0 ? [] : [[i - 1, 'nextScale', 0]]
      const last: Tied[] = i === maps.length - 1 ? [[[i, 'nextScale', 0]]] : []
      return [[[i, 'scale', 0], ...former], ...last]
    }
    const key = 'zooms' in map ? 'zooms' : 'sizes'
    const count = 'zooms' in map ? map.zooms.length : map.sizes.length
    return Array.from({ length: count }, (_, at) => [[i, key, at]])
  })
  const shapes = alike
    ? ratios(maps[0]!).map((_, at): Tied => maps.map((__, i) => [i, 'aspectRatios', at]))
    : maps.flatMap((map, i) => ratios(map).map((_, at): Tied => [[i, 'aspectRatios', at]]))
  return [...own, ...shapes]
}

function scaled(maps: readonly FeatureMapConfig[], tied: Tied, factor: number): FeatureMapConfig[] {
  return maps.map((map, i) => {
    let changed: Record<string, unknown> = map
    for (const [owner, key, at] of tied) {
      if (owner !== i) continue
      const value = changed[key] as number | number[]
      changed = {
        ...changed,
        [key]: Array.isArray(value)
          ? value.map((number, k) => (k === at ? number * factor : number))
          : value * factor,
      }
    }
    return changed as unknown as FeatureMapConfig
  })
}

/** Digits that anybody would write. */
function roundedMap(map: FeatureMapConfig): FeatureMapConfig {
  const to = (digits: number) => (value: number) => Number(value.toFixed(digits))
  if ('scale' in map) {
    const { scale, nextScale, aspectRatios } = map
    return {
      ...map,
      scale: to(4)(scale),
      nextScale: to(4)(nextScale),
      aspectRatios: aspectRatios.map(to(3)),
    }
  }
  if ('zooms' in map) return { ...map, zooms: map.zooms.map(to(3)) }
  return { ...map, sizes: map.sizes.map(to(1)), aspectRatios: map.aspectRatios.map(to(3)) }
}
