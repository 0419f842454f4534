/**
 * @file Deciding which shapes a scene has, and where. Shapes are placed from front to back: each one
 * claims the pixels that are still free, and one of which too little would be seen is not placed at all.
 * So every object in the labels can be seen, every object that can be seen is in the labels, and a box
 * fits the visible part, as in Pascal VOC.
 */
import type { Box, Size } from '../box/box.ts'
import type { Random } from '../random/random.ts'
import type { SceneOptions } from './scene-options.ts'
import { OUTLINES, SHAPE_CLASSES } from './shape-outline.ts'

/** One shape in its place. */
export interface PlacedShape {
  readonly classId: number
  /** Centre, pixels. */
  readonly x: number
  readonly y: number
  /** Half its own width and height before it is turned, pixels. */
  readonly halfWidth: number
  readonly halfHeight: number
  /** Clockwise, radians. */
  readonly angle: number
}

/** A shape with the box of what is seen of it. */
export interface VisibleShape {
  readonly shape: PlacedShape
  /** Corners in pixels of the picture. */
  readonly box: Box
}

/**
 * Places the shapes of one scene.
 * @returns from front to back
 */
export function planShapes(random: Random, options: SceneOptions): VisibleShape[] {
  const { size } = options
  const crowded = random.chance(options.crowdedShare)
  const [fewest, most] = crowded ? options.crowdedCount : options.count
  const wanted = random.chance(options.emptyShare) ? 0 : fewest + random.integer(most - fewest + 1)
  const claimed = new Uint8Array(size.width * size.height)
  const placed: VisibleShape[] = []
  // Twice as many attempts as shapes: a full picture may stay a little short of the number drawn.
  for (let attempt = 0; attempt < 2 * wanted && placed.length < wanted; attempt++) {
    const shape = drawShape(random, crowded, options)
    const box = claimPixels(shape, claimed, size, options.minimumVisible)
    if (box !== null) placed.push({ shape, box })
  }
  return placed
}

function drawShape(random: Random, crowded: boolean, options: SceneOptions): PlacedShape {
  const { size, minimumSide, maximumShare, largestTurn } = options
  const longest = Math.min(size.width, size.height) * maximumShare * (crowded ? 0.5 : 1)
  // Uniform on a logarithmic scale: as many from 16 to 32 pixels as from 32 to 64.
  const side = minimumSide * (longest / minimumSide) ** random.uniform()
  const stretch = random.chance(0.5) ? 1 : 1.8 ** random.between(-0.5, 0.5)
  return {
    classId: random.integer(SHAPE_CLASSES.length),
    x: random.uniform() * size.width,
    y: random.uniform() * size.height,
    halfWidth: (side / 2) * Math.sqrt(stretch),
    halfHeight: side / 2 / Math.sqrt(stretch),
    angle: random.between(-largestTurn, largestTurn),
  }
}

/** The signed distance in units of the shape, at a place in the picture. */
export function distanceTo({ classId, x, y, halfWidth, halfHeight, angle }: PlacedShape) {
  const outline = OUTLINES[SHAPE_CLASSES[classId]!]!
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return (px: number, py: number): number => {
    const dx = px - x
    const dy = py - y
    return outline((cos * dx + sin * dy) / halfWidth, (cos * dy - sin * dx) / halfHeight)
  }
}

/** Whole pixels that surround a shape, `margin` pixels wider; not clipped. */
export function reachOf({ x, y, halfWidth, halfHeight }: PlacedShape, margin: number): Box {
  const reach = Math.hypot(halfWidth, halfHeight) + margin
  return {
    x1: Math.floor(x - reach),
    y1: Math.floor(y - reach),
    x2: Math.ceil(x + reach),
    y2: Math.ceil(y + reach),
  }
}

/**
 * Claims the free pixels that lie in a shape, if they are enough of it.
 * @param claimed [H, W] 1 where another shape is in front
 * @param minimumVisible share of the shape's area, 0..1
 * @returns the box around the visible pixels; null if too few were free and none was claimed
 */
function claimPixels(
  shape: PlacedShape,
  claimed: Uint8Array,
  { width, height }: Size,
  minimumVisible: number,
): Box | null {
  const distance = distanceTo(shape)
  const reach = reachOf(shape, 0)
  const seen: number[] = []
  let area = 0
  let [x1, y1, x2, y2] = [width, height, 0, 0]
  for (let y = reach.y1; y < reach.y2; y++) {
    for (let x = reach.x1; x < reach.x2; x++) {
      if (distance(x + 0.5, y + 0.5) >= 0) continue
      area++
      if (x < 0 || y < 0 || x >= width || y >= height || claimed[y * width + x] === 1) continue
      seen.push(y * width + x)
      x1 = Math.min(x1, x)
      y1 = Math.min(y1, y)
      x2 = Math.max(x2, x + 1)
      y2 = Math.max(y2, y + 1)
    }
  }
  if (seen.length === 0 || seen.length < minimumVisible * area) return null
  for (const pixel of seen) claimed[pixel] = 1
  return { x1, y1, x2, y2 }
}
