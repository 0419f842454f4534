/**
 * @file Painting one shape: a soft shadow, light from the upper left, a pattern on some, and smooth edges.
 *
 * How much of a pixel a shape covers follows from the distance of its centre to the edge, in pixels:
 *
 *     distance = d / |gradient of d|,   coverage = clamp(0.5 - distance, 0, 1)
 */
import type { Image, Rgb } from '../image/image.ts'
import { distanceTo, type PlacedShape, reachOf } from './shape-plan.ts'

/** What a shape is made of. */
export interface Material {
  readonly colour: Rgb
  /** The second colour of its pattern. */
  readonly accent: Rgb
  readonly pattern: 'plain' | 'stripes' | 'dots'
  /** Width of a stripe or dot with its gap, pixels. */
  readonly period: number
}

/** How dark a shadow is where nothing of the light comes in, 0..1. */
const SHADOW = 0.4

/** Shadows fall this far to the lower right, and are this soft, as a share of the shape's mean half side. */
const SHADOW_REACH = 0.16

/** Paints a shape over a picture, in place. */
export function paintShape(image: Image, shape: PlacedShape, material: Material): void {
  const { width, height, data } = image
  const distance = distanceTo(shape)
  const radius = Math.sqrt(shape.halfWidth * shape.halfHeight)
  const cast = SHADOW_REACH * radius
  const reach = reachOf(shape, 2 * cast + 1)
  // Farther out than this (in units of the shape) no shadow falls: the move, and the softness.
  const outermost = (Math.SQRT2 * cast) / Math.min(shape.halfWidth, shape.halfHeight) + SHADOW_REACH
  for (let y = Math.max(0, reach.y1); y < Math.min(height, reach.y2); y++) {
    for (let x = Math.max(0, reach.x1); x < Math.min(width, reach.x2); x++) {
      const d = distance(x + 0.5, y + 0.5)
      if (d > outermost && d * radius > 2) continue
      const at = (y * width + x) * 3
      const coverage = coverageAt(distance, x + 0.5, y + 0.5, d, radius)
      if (coverage < 1) {
        // Softly from full darkness, one reach inside the moved shape, to none, one reach outside.
        const depth = 0.5 - distance(x + 0.5 - cast, y + 0.5 - cast) / (2 * SHADOW_REACH)
        blendPixel(data, at, BLACK, 1, SHADOW * smooth(depth))
      }
      if (coverage > 0) {
        const colour = patternAt(material, x - shape.x, y - shape.y)
        blendPixel(data, at, colour, lightAt(shape, x, y, d, radius), coverage)
      }
    }
  }
}

const BLACK: Rgb = [0, 0, 0]

/** Covers a share (0..1) of a pixel with a colour in some light (1 is as it is). */
function blendPixel(data: Uint8Array, at: number, colour: Rgb, light: number, share: number): void {
  for (let c = 0; c < 3; c++) {
    const old = data[at + c]!
    data[at + c] = old + share * (Math.min(255, colour[c]! * light) - old)
  }
}

/** How much of a pixel lies in the shape, 0..1. */
function coverageAt(
  distance: (x: number, y: number) => number,
  x: number,
  y: number,
  d: number,
  radius: number,
): number {
  // Far from the edge (a stretched shape's units differ by at most 1.8) the answer is known.
  if (Math.abs(d) * radius > 2) return d < 0 ? 1 : 0
  const step = 0.25 // pixels
  const slopeX = (distance(x + step, y) - d) / step
  const slopeY = (distance(x, y + step) - d) / step
  const slope = Math.hypot(slopeX, slopeY)
  return Math.min(1, Math.max(0, 0.5 - d / Math.max(slope, 1e-9)))
}

/** Brighter towards the light, darker on the last pixels before the edge. */
function lightAt(shape: PlacedShape, x: number, y: number, d: number, radius: number): number {
  const towardsLight = (shape.x - x + shape.y - y) / (2 * radius)
  const rim = Math.min(1, -d * radius * 0.35 + 0.55) // full light from about 1.3 pixels inside
  return (1 + 0.22 * towardsLight) * Math.max(0.55, rim)
}

function patternAt({ colour, accent, pattern, period }: Material, x: number, y: number): Rgb {
  if (pattern === 'plain') return colour
  const u = (x + y) / period
  if (pattern === 'stripes') return u - Math.floor(u) < 0.5 ? colour : accent
  const dx = x / period - Math.round(x / period)
  const dy = y / period - Math.round(y / period)
  return dx * dx + dy * dy < 0.08 ? accent : colour
}

/** 0 below 0, 1 above 1, and a smooth step between. */
function smooth(t: number): number {
  const held = Math.min(1, Math.max(0, t))
  return held * held * (3 - 2 * held)
}
