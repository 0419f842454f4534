/**
 * @file Whether the parts of a trace belong together: every index points at something, every list is as long as what it
 * counts, and names and scores that stand twice are the same. Asked once, in one pass; whoever tells a story of the
 * trace afterwards need not ask again.
 *
 * Shapes: A anchors, M objects, K classes with background.
 */
import { featureMapsOf } from '../anchor/model-anchors.ts'
import type { AnchorTrace, Trace } from './trace.ts'

/** The first thing that does not belong. */
export interface TraceFault {
  /** E.g. `anchors.7.match.object`. */
  readonly place: string
  readonly rule: string
  readonly got: unknown
}

/** Finds what does not belong together; undefined for every trace that was made by a detector. */
export function findFault(trace: Trace): TraceFault | undefined {
  for (const fault of faultsOf(trace)) return fault
  return undefined
}

function* faultsOf(trace: Trace): Generator<TraceFault> {
  const { config, picture, input, objects, detections } = trace
  for (const [name, side] of Object.entries(picture))
    if (!(Number.isInteger(side) && side >= 1))
      yield fault(`picture.${name}`, 'expected whole pixels from 1 up', side)
  for (const name of ['width', 'height'] as const)
    yield* same(`input.size.${name}`, input.size[name], config.input[name])
  yield* mapFaults(trace)
  for (const [m, object] of objects.entries()) {
    const place = `objects.${m}`
    yield* classFaults(place, object, config.classes)
    yield* index(`${place}.bestAnchor`, object.bestAnchor, trace.anchors)
    yield* index(`${place}.forcedAnchor`, object.forcedAnchor, trace.anchors)
    yield* index(`${place}.lostTo`, object.lostTo, objects)
    for (const anchor of object.anchors) yield* index(`${place}.anchors`, anchor, trace.anchors)
  }
  for (const [d, detection] of detections.entries()) {
    yield* classFaults(`detections.${d}`, detection, config.classes)
    yield* index(`detections.${d}.anchor`, detection.anchor, trace.anchors)
  }
  for (const [a, anchor] of trace.anchors.entries()) yield* anchorFaults(trace, anchor, a)
}

/** The maps are those of the description, and the anchors stand on them in order. */
function* mapFaults({ config, featureMaps, anchors }: Trace): Generator<TraceFault> {
  const described = featureMapsOf(config)
  yield* length('featureMaps', featureMaps, described.length)
  let firstAnchor = 0
  for (const [level, map] of featureMaps.entries()) {
    const place = `featureMaps.${level}`
    const { gridWidth, gridHeight, strideX, strideY, shapes } = described[level]!
    const cells = gridWidth * gridHeight
    const expected = { gridWidth, gridHeight, strideX, strideY, firstAnchor }
    for (const name of Object.keys(expected) as (keyof typeof expected)[])
      yield* same(`${place}.${name}`, map[name], expected[name])
    yield* length(`${place}.shapes`, map.shapes, shapes.length)
    yield* same(`${place}.anchorCount`, map.anchorCount, cells * shapes.length)
    yield* length(`${place}.activation`, map.activation, cells)
    firstAnchor += map.anchorCount
  }
  yield* length('anchors', anchors, firstAnchor)
}

function* anchorFaults(trace: Trace, anchor: AnchorTrace, a: number): Generator<TraceFault> {
  const { objects, config, featureMaps } = trace
  const columns = config.classes.length + 1
  const place = `anchors.${a}`
  const { featureMap, row, column, shape, match, predicted, target, loss } = anchor
  const map = featureMaps[featureMap]
  const cell = map && (row * map.gridWidth + column) * map.shapes.length + shape
  if (map === undefined || column >= map.gridWidth || map.firstAnchor + cell! !== a)
    yield fault(place, 'expected it in its cell', { featureMap, row, column, shape })
  yield* length(`${place}.ious`, anchor.ious, objects.length)
  yield* index(`${place}.match.object`, match.object, objects)
  yield* index(`${place}.match.bestObject`, match.bestObject, objects)
  yield* below(`${place}.target.class`, target.class, columns)
  yield* length(`${place}.predicted.logits`, predicted.logits, columns)
  yield* length(`${place}.predicted.probabilities`, predicted.probabilities, columns)
  if ((loss === null) !== (trace.loss === null))
    yield fault(`${place}.loss`, 'expected a loss where the trace has one', loss)
  if (loss !== null) yield* length(`${place}.loss.logitGradient`, loss.logitGradient, columns)
  yield* verdictFaults(trace, anchor, place)
}

function* verdictFaults(
  { config, detections }: Trace,
  { verdicts, predicted }: AnchorTrace,
  place: string,
): Generator<TraceFault> {
  for (const { classId, score, kind, detection } of verdicts) {
    yield* below(`${place}.verdicts.classId`, classId, config.classes.length)
    yield* same(`${place}.verdicts.score`, score, predicted.probabilities[classId + 1])
    yield* index(`${place}.verdicts.detection`, detection, detections)
    if ((kind === 'kept' || kind === 'suppressed') !== (detection !== null))
      yield fault(`${place}.verdicts.detection`, `expected one where a claim is ${kind}`, detection)
  }
}

function* classFaults(
  place: string,
  { classId, className }: { readonly classId: number; readonly className: string },
  classes: readonly string[],
): Generator<TraceFault> {
  yield* below(`${place}.classId`, classId, classes.length)
  yield* same(`${place}.className`, className, classes[classId])
}

/** An index into a list, or null for none. */
function* index(
  place: string,
  got: number | null,
  list: readonly unknown[],
): Generator<TraceFault> {
  if (got !== null) yield* below(place, got, list.length)
}

function* below(place: string, got: number, count: number): Generator<TraceFault> {
  if (!(got < count)) yield fault(place, `expected a number below ${count}`, got)
}

function* length(place: string, list: readonly unknown[], count: number): Generator<TraceFault> {
  if (list.length !== count) yield fault(place, `expected ${count} entries`, list.length)
}

function* same<T>(place: string, got: T, expected: T): Generator<TraceFault> {
  if (got !== expected) yield fault(place, `expected ${expected}`, got)
}

function fault(place: string, rule: string, got: unknown): TraceFault {
  return { place, rule, got }
}
