/**
 * @file What lies behind the shapes: a soft blend of two colours with a texture, and grain like a
 * camera's. Quiet colours, so that a shape stands out; textures with edges and blobs, so that edges and
 * blobs alone do not make an object.
 */
import type { Size } from '../box/box.ts'
import { hslToRgb } from '../image/hsl.ts'
import { createImage, type Image } from '../image/image.ts'
import type { Random } from '../random/random.ts'

/** How much brighter (+) or darker (-) a texture is at a pixel, -1..1. */
type Texture = (x: number, y: number) => number

/** Grain: standard deviation about 3 of 255, like a camera's in good light. */
const GRAIN = 10

/** Paints a new background. @param size pixels */
export function paintBackground(random: Random, size: Size): Image {
  const image = createImage(size)
  const { width, height, data } = image
  const hue = random.between(0, 360)
  const lightness = random.between(0.25, 0.85)
  const from = hslToRgb(hue, random.between(0.05, 0.45), lightness)
  const far = hslToRgb(
    hue + random.between(-60, 60),
    random.between(0.05, 0.45),
    lightness * random.between(0.7, 1),
  )
  const texture = drawTexture(random)
  const strength = random.between(6, 26) // of 255
  const angle = random.between(0, 2 * Math.PI)
  const [cos, sin] = [Math.cos(angle) / width, Math.sin(angle) / height]
  let grain = random.integer(2 ** 31)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const blend = 0.5 + 0.7 * (cos * (x - width / 2) + sin * (y - height / 2))
      grain = nextGrain(grain)
      const light = strength * texture(x, y) + GRAIN * ((grain >>> 8) / 2 ** 24 - 0.5)
      for (let c = 0; c < 3; c++) {
        const value = from[c]! + blend * (far[c]! - from[c]!) + light
        data[at + c] = Math.min(255, Math.max(0, value))
      }
    }
  }
  return image
}

/** A fast random walk through all 32-bit numbers but 0 (Marsaglia's xorshift), enough for grain. */
function nextGrain(state: number): number {
  let next = state || 1
  next ^= next << 13
  next ^= next >>> 17
  return next ^ (next << 5)
}

function drawTexture(random: Random): Texture {
  const period = random.between(8, 40)
  const angle = random.between(0, Math.PI)
  const cos = Math.cos(angle) / period
  const sin = Math.sin(angle) / period
  const along = (x: number, y: number) => cos * x + sin * y
  const across = (x: number, y: number) => cos * y - sin * x
  const stripes: Texture = (x, y) => Math.sin(2 * Math.PI * along(x, y))
  const checks: Texture = (x, y) =>
    ((Math.floor(along(x, y)) + Math.floor(across(x, y))) & 1) * 2 - 1
  const planks: Texture = (x, y) => {
    const u = along(x, y)
    return u - Math.floor(u) < 0.06 ? -1 : 0.3 * Math.sin(7 * Math.floor(u))
  }
  const plain: Texture = () => 0
  return random.pick([plain, stripes, checks, planks, drawClouds(random)])
}

/** Smooth noise: random values on a coarse and a fine grid, blended between the grid's points. */
function drawClouds(random: Random): Texture {
  const side = 32 // grid points; the pattern repeats after them
  const grid = Float32Array.from({ length: side * side }, () => random.between(-1, 1))
  const value = (i: number, j: number) => grid[(j & (side - 1)) * side + (i & (side - 1))]!
  const noise = (x: number, y: number) => {
    const i = Math.floor(x)
    const j = Math.floor(y)
    const u = (x - i) ** 2 * (3 - 2 * (x - i))
    const v = (y - j) ** 2 * (3 - 2 * (y - j))
    const upper = value(i, j) + u * (value(i + 1, j) - value(i, j))
    const lower = value(i, j + 1) + u * (value(i + 1, j + 1) - value(i, j + 1))
    return upper + v * (lower - upper)
  }
  const coarse = random.between(30, 90) // pixels
  return (x, y) => noise(x / coarse, y / coarse) + 0.45 * noise(x / (coarse / 4), y / (coarse / 4))
}
