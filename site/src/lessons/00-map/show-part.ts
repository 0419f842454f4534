/** @file What is drawn on the picture at each part of the map. */
import {
  anchorsOf,
  boxAt,
  type Image,
  type ModelConfig,
  SHOWN_SCORE,
  scaleBox,
  type Trace,
} from 'singleshot/core'
import type { FigureBox } from '../../figure/figure-box.ts'
import type { Draw } from '../../figure/view.ts'
import type { PartId } from '../../map/parts.ts'
import type { PictureObject } from '../../picture/picture.svelte.ts'
import { outlinesOf, strokePath } from '../03-anchors/draw.ts'
import { layoutOf } from '../03-anchors/layout.ts'
import { drawHeat } from '../06-network/draw-heat.ts'

/** What a part shows. */
export interface PartDrawing {
  readonly boxes: readonly FigureBox[]
  readonly under: Draw
  /** How much of the picture is seen, 0..1. */
  readonly strength: number
  /** What is seen, in a sentence. */
  readonly caption: string
}

/** What can be drawn. */
export interface Drawable {
  readonly config: ModelConfig
  readonly image: Image
  readonly objects: readonly PictureObject[]
  readonly trace: Trace | null
}

type Four = readonly [number, number, number, number]
const NOTHING: Draw = () => {}

/** The drawing of a part; the plain picture while the network is still on its way. */
export function showPart(id: PartId, from: Drawable): PartDrawing {
  const drawing = DRAWINGS[id](from)
  return { boxes: [], under: NOTHING, strength: 1, ...drawing }
}

const labelsOf = ({ objects, config }: Drawable): FigureBox[] =>
  objects.map(({ box, classId }) => ({
    box,
    tone: 'truth',
    label: config.classes[classId] ?? 'object',
  }))

/** A box of the network's input, on the picture. */
const onPicture = ([x1, y1, x2, y2]: Four, { config, image }: Drawable) =>
  scaleBox({ x1, y1, x2, y2 }, config.input, image)

/** The anchors that are responsible for objects. */
function positives(
  from: Drawable,
  box: (anchor: Trace['anchors'][number]) => Four,
  tone: FigureBox['tone'],
): FigureBox[] {
  const responsible = from.trace?.anchors.filter(({ match }) => match.object !== null) ?? []
  return responsible.map((anchor) => ({ box: onPicture(box(anchor), from), tone, width: 1.2 }))
}

/** Claims above the minimum score. @param kept those alone that are left after NMS */
function claims(from: Drawable, kept: boolean): FigureBox[] {
  const { trace } = from
  if (trace === null) return []
  return trace.anchors.flatMap(({ verdicts, predicted }) =>
    verdicts
      .filter(({ score, kind }) => score >= SHOWN_SCORE && (kind === 'kept' || !kept))
      .map(({ kind, score, classId }): FigureBox => {
        const box = onPicture(predicted.box, from)
        const label = `${trace.config.classes[classId]} ${score.toFixed(2)}`
        return kind === 'kept'
          ? { box, tone: 'detection', line: 'solid', ...(kept && { label }) }
          : { box, tone: 'muted', width: 1.2 }
      }),
  )
}

function allAnchors(config: ModelConfig, image: Image): Draw {
  const layout = layoutOf(config)
  const path = outlinesOf(layout, 0, layout.anchors.count, image)
  return (context, view) =>
    strokePath(context, view, path, { tone: 'anchor', width: 0.7, alpha: 0.25 })
}

function heat({ trace }: Drawable): Draw {
  const map = trace?.featureMaps[1] ?? trace?.featureMaps[0]
  return map === undefined ? NOTHING : drawHeat({ map, activation: map.activation })
}

/** The largest class gradients, as boxes of their anchors. */
function steepest(from: Drawable): FigureBox[] {
  const { trace } = from
  if (trace === null || trace.loss === null) return []
  const steep = trace.anchors
    .map((anchor) => ({ anchor, slope: Math.max(...anchor.loss!.logitGradient.map(Math.abs)) }))
    .toSorted((a, b) => b.slope - a.slope)
    .slice(0, 40)
  return steep.map(
    ({ anchor }): FigureBox => ({
      box: onPicture(anchor.box, from),
      tone: anchor.match.object === null ? 'negative' : 'positive',
      width: 1.4,
    }),
  )
}

function oneMove(from: Drawable): FigureBox[] {
  const { config, objects } = from
  const anchors = anchorsOf(config)
  const best = from.trace?.objects.map(({ bestAnchor }) => bestAnchor) ?? []
  return objects.flatMap(({ box }, m): FigureBox[] => {
    const anchor = best[m]
    if (anchor === null || anchor === undefined) return []
    const { x1, y1, x2, y2 } = boxAt(anchors.corners, anchor)
    return [
      { box: onPicture([x1, y1, x2, y2], from), tone: 'positive', width: 2 },
      { box, tone: 'truth', width: 2 },
    ]
  })
}

const DRAWINGS: Readonly<
  Record<PartId, (from: Drawable) => Partial<PartDrawing> & Pick<PartDrawing, 'caption'>>
> = {
  labels: (from) => ({ boxes: labelsOf(from), caption: 'Solid: the labelled objects.' }),
  matching: (from) => ({
    boxes: [...positives(from, ({ box }) => box, 'positive'), ...labelsOf(from)],
    strength: 0.6,
    caption: 'Dashed: the anchors that are responsible for an object.',
  }),
  targets: (from) => ({
    boxes: oneMove(from),
    strength: 0.6,
    caption:
      'For each object its best anchor (dashed). The target is the shift and the scaling from one to the other.',
  }),
  loss: (from) => ({
    boxes: [...positives(from, ({ predicted }) => predicted.box, 'detection'), ...labelsOf(from)],
    strength: 0.6,
    caption:
      'Dashed: the boxes that the network outputs for the responsible anchors. The loss adds up how wrong they are.',
  }),
  gradients: (from) => ({
    boxes: steepest(from),
    strength: 0.6,
    caption:
      'The forty anchors whose outputs have the steepest slopes. Dashed: responsible ones. Dotted: background.',
  }),
  weights: (from) => ({
    under: heat(from),
    strength: 0.5,
    caption:
      'After the change, the same picture gives slightly other feature maps, and slightly better numbers.',
  }),
  picture: () => ({ caption: 'The picture as it is.' }),
  network: (from) => ({
    under: heat(from),
    strength: 0.5,
    caption: 'The larger a square, the stronger one of the feature maps responds there.',
  }),
  numbers: ({ config, image }) => ({
    under: allAnchors(config, image),
    strength: 0.7,
    caption: 'All anchors at once. For every one of them the network outputs its numbers.',
  }),
  boxes: (from) => ({
    boxes: claims(from, false).map((box) => ({ ...box, tone: 'detection', width: 1.3 })),
    strength: 0.7,
    caption: 'All claims with a high enough score: anchors, shifted and scaled.',
  }),
  nms: (from) => ({
    boxes: claims(from, false),
    strength: 0.7,
    caption: 'Solid: kept. Dotted: removed, because a better box of the same class overlaps it.',
  }),
  detections: (from) => ({
    boxes: claims(from, true),
    caption: 'The result. It need not be correct: lesson 12 judges it, and lesson 13 asks why.',
  }),
}
