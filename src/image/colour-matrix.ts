/**
 * @file Changing colours: each new channel is a weighted sum of the old red, green and blue, plus a constant.
 *
 *     [r', g', b'] = A · [r, g, b] + t        written as three rows [a_r, a_g, a_b, t]
 *
 * Brightness, contrast, saturation, hue and the network's normalisation are all of this form, so any
 * chain of them is one matrix and costs nine multiplications a pixel, however long the chain.
 */

/** How one new channel is made: the weights of red, green and blue, and a constant. */
export type ColourRow = readonly [red: number, green: number, blue: number, constant: number]

/** [3, 4]: one row each for the new red, green and blue. */
export type ColourMatrix = readonly [red: ColourRow, green: ColourRow, blue: ColourRow]

/** Changes no colour. */
export const IDENTITY_COLOURS: ColourMatrix = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
]

/** One matrix that does `first`, and then `second` to its result: [A2 A1 | A2 t1 + t2]. */
export function composeColours(first: ColourMatrix, second: ColourMatrix): ColourMatrix {
  const [red, green, blue] = second
  return [composeRow(first, red), composeRow(first, green), composeRow(first, blue)]
}

function composeRow([r, g, b]: ColourMatrix, [wr, wg, wb, constant]: ColourRow): ColourRow {
  return [
    wr * r[0] + wg * g[0] + wb * b[0],
    wr * r[1] + wg * g[1] + wb * b[1],
    wr * r[2] + wg * g[2] + wb * b[2],
    wr * r[3] + wg * g[3] + wb * b[3] + constant,
  ]
}

/** One colour through the matrix. @returns the three new channels */
export function applyColours(
  matrix: ColourMatrix,
  [red, green, blue]: readonly [number, number, number],
): [number, number, number] {
  const channel = ([r, g, b, constant]: ColourRow) => r * red + g * green + b * blue + constant
  return [channel(matrix[0]), channel(matrix[1]), channel(matrix[2])]
}
