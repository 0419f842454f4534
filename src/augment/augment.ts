/**
 * @file One random variation of a training image: where the network looks, in which light, and where the
 * objects then are. No pixel is touched here. The result is one transform and one colour matrix, which
 * `sampleInto` applies in a single pass, and the objects were moved by the same transform.
 *
 *     turn → zoom out → crop → stretch the window over the network's input → mirror
 */
import type { Box, Size } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import type { GroundTruth } from '../dataset/dataset.ts'
import type { ColourMatrix } from '../image/colour-matrix.ts'
import type { Rgb } from '../image/image.ts'
import {
  composeTransforms,
  invertTransform,
  type Transform,
  transformBox,
  windowTransform,
} from '../image/transform.ts'
import { type Turn, turnBox, turnHull } from '../image/turn.ts'
import type { Random } from '../random/random.ts'
import { drawColours } from './colour.ts'
import { drawCrop } from './crop.ts'
import { drawExpand } from './expand.ts'
import { drawFlip } from './flip.ts'
import { drawJitter } from './jitter.ts'
import { type AugmentOptions, SSD_AUGMENTATION } from './options.ts'
import { drawTurn } from './turn.ts'
import { holdsCentre, wholeWindow } from './window.ts'

/** A labelled picture, as far as geometry is concerned. */
export interface AugmentSource {
  /** Pixels of the upright picture. */
  readonly size: Size
  /** In the same pixels, inside the picture. */
  readonly objects: readonly GroundTruth[]
  /** Boxes around many objects that nobody labelled one by one; in the same pixels. */
  readonly crowds?: readonly Box[] | undefined
  /** The part of the picture to start from, in the same pixels; undefined: all of it. */
  readonly view?: Box | undefined
}

/** One variation; hand `map`, `colour` (composed with the normalisation) and `fill` to `sampleInto`. */
export interface Augmentation {
  /** From pixels of the network's input to pixels of the source, as it stands after `turn`. */
  readonly map: Transform
  /** What is done to the source first, in its own pixels; undefined: it stands upright. */
  readonly turn?: Turn | undefined
  /** From 0..255 RGB to RGB. */
  readonly colour: ColourMatrix
  /** Colour around the picture, 0..255. */
  readonly fill: Rgb
  /** Those that are still to be seen, clipped, in pixels of the network's input. */
  readonly objects: readonly GroundTruth[]
  /** What is still to be seen of the crowds, likewise; undefined where the source has none. */
  readonly crowds?: readonly Box[] | undefined
}

/**
 * Draws one variation of a picture. A picture without objects gets one too: it teaches background.
 * @param inputSize of the network's input in pixels
 * @param options every probability and range; start from SSD_AUGMENTATION or NO_AUGMENTATION
 * @returns objects with finite boxes inside the input, each side at least `options.minimumSide`
 */
export function drawAugmentation(
  { size, objects, crowds, view = wholeWindow(size) }: AugmentSource,
  inputSize: Size,
  random: Random,
  options: AugmentOptions = SSD_AUGMENTATION,
): Augmentation {
  const colour = drawColours(random, options.colour)
  const turn = drawTurn(view, random, options.turn)
  const boxes = objects.map(({ box }) => (turn ? turnBox(box, turn) : box))
  const window = drawWindow(view, boxes, random, options)
  const flip = drawFlip(inputSize, random, options.flip)
  const toInput = composeTransforms(windowTransform(window, inputSize), flip)
  const moved = (box: Box) => clipBox(transformBox(box, toInput), inputSize)
  const isSeen = (box: Box) => isLargeEnough(box, options.minimumSide)
  return {
    map: invertTransform(toInput),
    ...(turn && { turn }),
    colour,
    fill: options.fill,
    objects: objects
      .map((object, i) => ({ ...object, box: boxes[i]! }))
      .filter(({ box }) => holdsCentre(window, box))
      .map((object) => ({ ...object, box: moved(object.box) }))
      .filter(({ box }) => isSeen(box)),
    // A part of a crowd is a crowd, wherever its centre lies.
    ...(crowds && {
      crowds: crowds.map((box) => moved(turn ? turnHull(box, turn) : box)).filter(isSeen),
    }),
  }
}

/** What the network will see, as a box in pixels of the source. */
function drawWindow(
  view: Box,
  boxes: readonly Box[],
  random: Random,
  { jitter, expand, crop }: AugmentOptions,
): Box {
  if (random.chance(jitter.probability)) return drawJitter(view, boxes, random, jitter)
  return drawCrop(drawExpand(view, random, expand), boxes, random, crop)
}

/** False for a side that is too short, and for NaN. */
function isLargeEnough({ x1, y1, x2, y2 }: Box, minimumSide: number): boolean {
  return x2 > x1 && y2 > y1 && x2 - x1 >= minimumSide && y2 - y1 >= minimumSide
}
