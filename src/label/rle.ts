/**
 * @file COCO's run lengths: a mask as the lengths of its runs, column after column, beginning with a run of nothing.
 * Compressed, each length is written in characters of six bits, from the third on as the difference to the last but one.
 */
import type { Box } from '../box/box.ts'

/** The run lengths of a compressed text. Source: COCO's own maskApi.c, rleFrString. */
export function decodeRuns(text: string): number[] {
  const runs: number[] = []
  let at = 0
  while (at < text.length) {
    let value = 0
    let shift = 0
    let more = true
    while (more && at < text.length) {
      const bits = text.charCodeAt(at++) - 48
      value += (bits & 0x1f) * 2 ** shift
      more = (bits & 0x20) !== 0
      shift += 5
      if (!more && (bits & 0x10) !== 0) value -= 2 ** shift
    }
    runs.push(runs.length > 2 ? value + runs[runs.length - 2]! : value)
  }
  return runs
}

/** The box around a mask; undefined where nothing is set. @param height of the mask, pixels */
export function boxOfRuns(runs: readonly number[], height: number): Box | undefined {
  let at = 0
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity]
  runs.forEach((length, i) => {
    const begin = at
    at += length
    if (i % 2 === 0 || length <= 0) return
    const [first, last] = [Math.floor(begin / height), Math.floor((at - 1) / height)]
    x1 = Math.min(x1, first)
    x2 = Math.max(x2, last + 1)
    // A run that reaches into the next column touches the bottom of one and the top of the other.
    y1 = Math.min(y1, first === last ? begin % height : 0)
    y2 = Math.max(y2, first === last ? ((at - 1) % height) + 1 : height)
  })
  return x2 < x1 ? undefined : { x1, y1, x2, y2 }
}
