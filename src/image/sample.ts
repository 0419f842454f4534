/**
 * @file One pass from a stored picture to a network's input: crop, zoom, flip, colours and normalisation
 * together. It runs for every training image, so no picture is ever made in between.
 *
 * Each output pixel asks where its centre lies in the source and mixes the four pixels around that place
 * (bilinear). The map treats x and y apart, so which columns to mix, and how much, is the same for every
 * row and worked out once. A colour matrix commutes with mixing, so a source row is mixed horizontally
 * and recoloured once, kept, and used by all the output rows that it touches:
 *
 *     u = scaleX · (i + 0.5) + shiftX        row(j, i) = A · mix(source[j], u - 0.5) + t
 *     v = scaleY · (k + 0.5) + shiftY        out(k, i) = mix(row(floor(v - 0.5), i), row(floor(v - 0.5) + 1, i))
 *
 * Outside the picture there is the fill colour; a place is outside if u or v is.
 *
 * Shapes: output planes [3, H, W], red, green, blue.
 */
import type { Size } from '../box/box.ts'
import { applyColours, type ColourMatrix } from './colour-matrix.ts'
import type { Image, Rgb } from './image.ts'
import { checkRoom } from './normalise.ts'
import { type Pyramid, pyramidLevel } from './pyramid.ts'
import { type AxisPlan, planAxis } from './sample-axis.ts'
import type { Transform } from './transform.ts'

/** What to draw: where each output pixel looks, and what is done to the colours. */
export interface SampleOptions {
  /** From output pixels to pixels of the pyramid's level 0. */
  readonly map: Transform
  /** On 0..255 RGB, giving the values that are written. */
  readonly colour: ColourMatrix
  /** The colour around the picture, 0..255; it goes through the matrix too. */
  readonly fill: Rgb
}

/**
 * Draws a picture through a map into a network's input.
 * @param output receives [3, H, W] from `offset` on; image n of a batch starts at n · 3 · H · W
 * @param size of the output in pixels: W and H
 * @throws E_SHAPE if the output is too short
 */
export function sampleInto(
  pyramid: Pyramid,
  { map, colour, fill }: SampleOptions,
  output: Float32Array,
  offset: number,
  size: Size,
): void {
  const { width, height } = size
  checkRoom('sampleInto', output, offset, width * height)
  const full = pyramid.levels[0]
  const level = pyramidLevel(pyramid, Math.sqrt(Math.abs(map.scaleX * map.scaleY)))
  const image = pyramid.levels[level]!
  const shrink = 0.5 ** level
  const columns = planAxis(map.scaleX * shrink, map.shiftX * shrink, width, {
    count: image.width,
    extent: full.width * shrink,
  })
  const rows = planAxis(map.scaleY * shrink, map.shiftY * shrink, height, {
    count: image.height,
    extent: full.height * shrink,
  })
  const outside = applyColours(colour, fill)
  let near = new SourceRow(width, outside)
  let far = new SourceRow(width, outside)
  for (let k = 0; k < height; k++) {
    const at = offset + k * width
    if (k < rows.start || k >= rows.end) {
      fillRow(output, at, size, outside)
      continue
    }
    // Going down, the far row of one output row is soon the near row of another; going up, the reverse.
    if (far.row === rows.near[k] || near.row === rows.far[k]) [near, far] = [far, near]
    near.read(image, rows.near[k]!, columns, colour)
    far.read(image, rows.far[k]!, columns, colour)
    blendRow(near.values, far.values, rows.mix[k]!, output, at, size)
  }
}

/** One source row, mixed to the output's columns and recoloured; outside the picture it is the fill. */
class SourceRow {
  /** Which source row is held; none yet. */
  row = -1
  /** [3, W] */
  readonly values: Float32Array

  constructor(width: number, outside: readonly number[]) {
    this.values = new Float32Array(3 * width)
    outside.forEach((value, c) => {
      this.values.fill(value, c * width, (c + 1) * width)
    })
  }

  /** Reads a row, unless it is the one that is held. */
  read(image: Image, row: number, columns: AxisPlan, colour: ColourMatrix): void {
    if (row === this.row) return
    this.row = row
    const { data } = image
    const { start, end, near, far, mix } = columns
    const { values } = this
    const width = values.length / 3
    const from = row * image.width * 3
    const [[rr, rg, rb, r1], [gr, gg, gb, g1], [br, bg, bb, b1]] = colour
    for (let i = start; i < end; i++) {
      const a = from + near[i]! * 3
      const b = from + far[i]! * 3
      const share = mix[i]!
      const red = data[a]! + share * (data[b]! - data[a]!)
      const green = data[a + 1]! + share * (data[b + 1]! - data[a + 1]!)
      const blue = data[a + 2]! + share * (data[b + 2]! - data[a + 2]!)
      values[i] = rr * red + rg * green + rb * blue + r1
      values[width + i] = gr * red + gg * green + gb * blue + g1
      values[2 * width + i] = br * red + bg * green + bb * blue + b1
    }
  }
}

/** Mixes two prepared rows [3, W] into row `at` of the three output planes. */
function blendRow(
  near: Float32Array,
  far: Float32Array,
  share: number,
  output: Float32Array,
  at: number,
  { width, height }: Size,
): void {
  for (let c = 0; c < 3; c++) {
    const from = c * width
    const to = at + c * width * height
    for (let i = 0; i < width; i++)
      output[to + i] = near[from + i]! + share * (far[from + i]! - near[from + i]!)
  }
}

/** One output row that lies outside the picture. */
function fillRow(
  output: Float32Array,
  at: number,
  { width, height }: Size,
  colour: number[],
): void {
  for (let c = 0; c < 3; c++) {
    const to = at + c * width * height
    output.fill(colour[c]!, to, to + width)
  }
}
