/**
 * @file The generated dataset: endless pictures of coloured shapes, with perfect labels and no licence.
 * It is small enough to train on in minutes and hard enough to show what a detector must do: shapes of
 * very different sizes and proportions, turned, overlapping, partly outside, crowded, or absent; on
 * backgrounds with edges and blobs of their own.
 *
 * A scene depends on its seed and number only, so a dataset needs no files and runs in the browser.
 */
import { checkOptions } from '../check/check-options.ts'
import { hslToRgb } from '../image/hsl.ts'
import type { Image, Rgb } from '../image/image.ts'
import { createRandom, type Random } from '../random/random.ts'
import type { Dataset, GroundTruth } from './dataset.ts'
import {
  SCENE_OPTIONS,
  type SceneOptions,
  SHAPES_DEFAULTS,
  type ShapesOptions,
} from './scene-options.ts'
import { sceneOptionsSchema } from './scene-schema.ts'
import { paintBackground } from './shape-background.ts'
import { SHAPE_CLASSES } from './shape-outline.ts'
import { type Material, paintShape } from './shape-paint.ts'
import { planShapes } from './shape-plan.ts'

/** One generated picture with its ground truth; class ids count in SHAPE_CLASSES. */
export interface Scene {
  readonly image: Image
  readonly objects: readonly GroundTruth[]
}

/**
 * Generates one scene.
 * @param seed whole number: names the dataset
 * @param index whole number: names the scene in it
 * @param options what differs from SCENE_OPTIONS
 */
export function generateScene(
  seed: number,
  index: number,
  options: Partial<SceneOptions> = {},
): Scene {
  checkOptions(sceneOptionsSchema, options, 'generateScene')
  const random = createRandom(SHAPES_SEED, seed, index)
  const full = { ...SCENE_OPTIONS, ...options }
  const image = paintBackground(random, full.size)
  const shapes = planShapes(random, full)
  // Painted from back to front, so that what is in front covers what is behind.
  for (const { shape, box } of shapes.toReversed()) {
    const behind = colourAt(image, (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
    paintShape(image, shape, drawMaterial(random, behind))
  }
  const objects = shapes.map(({ shape, box }) => ({
    box,
    classId: shape.classId,
    difficult: false,
  }))
  return { image, objects }
}

/** Marks the use of the seed, so that scenes and, say, splits with one seed are unrelated. */
const SHAPES_SEED = 0x73686170 // "shap"

/** A generated dataset; `images[i]` belongs to `dataset.examples[i]`. */
export interface Shapes {
  readonly dataset: Dataset
  readonly images: readonly Image[]
}

/** Generates scenes `first` up to `first + scenes`, in memory. */
export function generateShapes(options: ShapesOptions): Shapes {
  const { scenes, seed = SHAPES_DEFAULTS.seed, first = SHAPES_DEFAULTS.first, scene } = options
  const generated = Array.from({ length: scenes }, (_, i) => generateScene(seed, first + i, scene))
  const examples = generated.map(({ image: { width, height }, objects }, i) => {
    const id = sceneId(first + i)
    return { id, imagePath: `shapes:${seed}/${id}`, size: { width, height }, objects }
  })
  const name = `shapes ${seed}`
  return {
    dataset: {
      name,
      classes: SHAPE_CLASSES,
      examples,
      problems: [],
      leftOut: { images: 0, objects: 0 },
    },
    images: generated.map(({ image }) => image),
  }
}

/** The id of a scene: six digits, so that ids sort as numbers do. */
export function sceneId(index: number): string {
  return String(index).padStart(6, '0')
}

/** A bright or deep colour that stands out from what is behind it. */
function drawMaterial(random: Random, behind: Rgb): Material {
  const hue = random.between(0, 360)
  const saturation = random.between(0.55, 0.95)
  const dark = hslToRgb(hue, saturation, random.between(0.22, 0.38))
  const light = hslToRgb(hue, saturation, random.between(0.55, 0.75))
  const colour = difference(dark, behind) > difference(light, behind) ? dark : light
  return {
    colour,
    accent: hslToRgb(hue + random.between(20, 60), saturation * 0.8, random.between(0.35, 0.8)),
    pattern: random.pick(['plain', 'plain', 'plain', 'stripes', 'dots']),
    period: random.between(6, 14),
  }
}

function colourAt({ width, data }: Image, x: number, y: number): Rgb {
  const at = (Math.floor(y) * width + Math.floor(x)) * 3
  return [data[at]!, data[at + 1]!, data[at + 2]!]
}

function difference(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
