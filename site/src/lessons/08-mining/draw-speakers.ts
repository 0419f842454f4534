/** @file Which anchors count, on the picture: a disc for each positive, a cross for each negative that was mined. */
import type { Trace } from 'singleshot/core'
import type { Draw } from '../../figure/view.ts'

/** Draws a mark at the centre of each anchor that counts. @param mined anchors, by number */
export function drawSpeakers(trace: Trace, mined: readonly number[]): Draw {
  const { anchors, input } = trace
  const middle = (anchor: number) => {
    const [x1, y1, x2, y2] = anchors[anchor]!.box
    return [((x1 + x2) / 2) * input.scaleX, ((y1 + y2) / 2) * input.scaleY] as const
  }
  return (context, view) => {
    const size = 4 * view.pixel
    const crosses = new Path2D()
    for (const anchor of mined) {
      const [x, y] = middle(anchor)
      crosses.moveTo(x - size, y - size)
      crosses.lineTo(x + size, y + size)
      crosses.moveTo(x - size, y + size)
      crosses.lineTo(x + size, y - size)
    }
    stroke(context, crosses, view.colour('card'), 4 * view.pixel)
    stroke(context, crosses, view.colour('negative'), 2 * view.pixel)
    for (const [anchor, { target }] of anchors.entries()) {
      if (target.class === 0) continue
      const [x, y] = middle(anchor)
      context.beginPath()
      context.arc(x, y, size, 0, 2 * Math.PI)
      context.fillStyle = view.colour('positive')
      context.fill()
      context.strokeStyle = view.colour('card')
      context.lineWidth = 1.2 * view.pixel
      context.stroke()
    }
  }
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number) {
  context.strokeStyle = colour
  context.lineWidth = width
  context.stroke(path)
}

/** The hardest negatives, by number. @param count how many */
export function hardest(errors: readonly { positive: boolean; error: number }[], count: number) {
  return [...errors.keys()]
    .filter((i) => !errors[i]!.positive)
    .toSorted((a, b) => errors[b]!.error - errors[a]!.error)
    .slice(0, count)
}
