/**
 * @file Turning a picture a little about its middle, before a window is drawn. What comes in at the corners is the fill
 * colour. Labels are turned as ellipses (image/turn.ts), crowds as whole boxes: what may hold an unlabelled object must
 * not shrink.
 */
import type { Box } from '../box/box.ts'
import type { Turn } from '../image/turn.ts'
import type { Random } from '../random/random.ts'
import type { TurnOptions } from './options.ts'

/**
 * Draws a turn about the middle of a view, or none.
 * @param view the part of the picture to start from, its pixels
 */
export function drawTurn(
  view: Box,
  random: Random,
  { probability, degrees }: TurnOptions,
): Turn | undefined {
  // Asked first, so that a run that turns nothing draws the numbers that it drew before there were turns.
  if (probability === 0 || !random.chance(probability)) return undefined
  const angle = (random.between(-degrees, degrees) * Math.PI) / 180
  return { x: (view.x1 + view.x2) / 2, y: (view.y1 + view.y2) / 2, angle }
}
