/**
 * @file torchvision's matcher, and that of most ports: each object forces the anchor it overlaps most. When two objects
 * have the same best anchor the later one takes it, and the earlier may be left with none.
 *
 * Shapes: M ground-truth boxes, A anchors. Source: torchvision `SSDMatcher`.
 */
import { defineMatcher } from './matcher.ts'
import { matchByTwoRules } from './two-rules.ts'

/** Each object forces its best anchor, even another's. */
export const overwritingMatcher = defineMatcher({
  name: 'overwriting',
  options: {},
  match(_, inputs, matched) {
    const forced = bestAnchors(inputs.ious, inputs.groundTruth.length / 4, matched.length)
    return matchByTwoRules(inputs, forced, matched)
  },
})

/** As torchvision has it, an object that overlaps nothing forces anchor 0. */
function bestAnchors(ious: Float32Array, objectCount: number, anchorCount: number): Int32Array {
  return Int32Array.from({ length: anchorCount === 0 ? 0 : objectCount }, (_, m) => {
    const start = m * anchorCount
    let best = 0
    for (let a = 1; a < anchorCount; a++) if (ious[start + a]! > ious[start + best]!) best = a
    return best
  })
}
