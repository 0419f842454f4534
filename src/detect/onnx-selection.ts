/**
 * @file Selecting as ONNX nodes, for models that other programs run: the same detections as select.ts, which is
 * one loop, from ONNX's own sorting and NMS.
 *
 *     scores [C, A] ─▶ best of each class [C, M] ─▶ NMS a class ─▶ kept [S] ─▶ the best of all classes [D]
 *     boxes  [A, 4] ────────────────┘
 *
 * ONNX's NMS reads one list of boxes for all classes of a picture, but every class has its own M best here. So
 * each class poses as a picture of its own, with one class in it.
 *
 * How many are kept is known only when it runs, so these are nodes and not tensors. Of equal scores the lower
 * class and then the lower anchor comes first: ONNX's sorting keeps the order of equal ones, and ONNX Runtime's
 * NMS hands out its answers class by class, best first.
 *
 * Shapes: A anchors, C classes without background, M candidates a class, S kept, D detections.
 */
import type { DetectConfig } from '../config/detect.ts'
import type { Lowering } from '../graph/lowering.ts'
import type { Tail } from '../graph/onnx.ts'

/** How many there are to choose from. */
export interface SelectionSize {
  /** A. */
  readonly anchors: number
  /** C. */
  readonly classes: number
}

/** How ONNX sorts: the largest first; of equal ones the earlier. */
const LARGEST_FIRST = { largest: 1, sorted: 1 } as const

/** One row a place: its class, then (the NMS's own class, always 0, left out) its place among the candidates. */
const CLASS_AND_PLACE = [0, 2]

/** ONNX's number for 32-bit whole numbers. */
const INT32 = 6

/**
 * Nodes that select.
 * @param detect thresholds and limits; their meaning is select.ts's
 * @returns a tail that reads `boxes` [A, 4] in pixels and `scores` [C, A], 0 where a box has no area, and makes
 * `boxes` [D, 4], `scores` [D] and `labels` int32 [D] (class ids), best first
 */
export function selectionTail(detect: DetectConfig, { anchors, classes }: SelectionSize): Tail {
  const candidates = Math.min(detect.maxCandidates, anchors)
  return (nodes, { boxes, scores }) => {
    const best = orderOf(nodes, scores!, nodes.integers([candidates]), 1)
    const candidateScores = nodes.emit('GatherElements', [scores!, best], { axis: 1 })
    const candidateBoxes = nodes.emit('Gather', [boxes!, best], { axis: 0 })
    const places = nodes.emit('NonMaxSuppression', [
      candidateBoxes,
      nodes.reshape(candidateScores, [classes, 1, candidates]),
      nodes.integers([Math.min(detect.maxDetections, candidates)], []),
      nodes.scalar(detect.nmsIouThreshold),
      nodes.scalar(detect.scoreThreshold),
    ])
    const kept = nodes.emit('Gather', [places, nodes.integers(CLASS_AND_PLACE)], { axis: 1 })
    return theBest(nodes, detect.maxDetections, {
      boxes: nodes.emit('GatherND', [candidateBoxes, kept]),
      scores: nodes.emit('GatherND', [candidateScores, kept]),
      labels: firstColumn(nodes, kept),
    })
  }
}

/** What NMS kept, by the names of the nodes' results; all have S rows. */
interface Kept {
  readonly boxes: string
  readonly scores: string
  readonly labels: string
}

/** The best of all classes, sorted: the model's outputs. */
function theBest(nodes: Lowering, maxDetections: number, kept: Kept): ReturnType<Tail> {
  const count = nodes.emit('Shape', [kept.scores])
  const most = nodes.emit('Min', [count, nodes.integers([maxDetections])])
  const order = orderOf(nodes, kept.scores, most, 0)
  const rows = (from: string) => nodes.emit('Gather', [from, order], { axis: 0 })
  return {
    boxes: { from: rows(kept.boxes), shape: ['detections', 4], dtype: 'float32' },
    scores: { from: rows(kept.scores), shape: ['detections'], dtype: 'float32' },
    labels: { from: rows(kept.labels), shape: ['detections'], dtype: 'int32' },
  }
}

/** Where the so many largest lie along an axis. */
function orderOf(nodes: Lowering, values: string, count: string, axis: number): string {
  return nodes.emit('TopK', [values, count], { axis, ...LARGEST_FIRST }, { outputIndex: 1 })
}

/** Column 0 of [S, 2] as 32-bit numbers, which JavaScript reads without BigInt. */
function firstColumn(nodes: Lowering, rows: string): string {
  const column = nodes.emit('Gather', [rows, nodes.integers([0], [])], { axis: 1 })
  return nodes.emit('Cast', [column], { to: INT32 })
}
