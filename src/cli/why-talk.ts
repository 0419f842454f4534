/** @file The explanations of `singleshot why` as text: a heading, the sentences, and what would have helped. */

import { countOf } from '../error/count-of.ts'
import { printable } from '../error/printable.ts'
import type { Trace } from '../explain/trace.ts'
import type { Finding } from '../explain/why-picture.ts'

/** What an explanation is about, for the heading and for programs. */
export interface Title {
  /** Undefined for a box. */
  readonly className?: string
  /** Left, top, right, bottom in pixels of the picture. */
  readonly box: readonly number[]
}

/** The class and place of what an explanation is about. */
export function titleOf(trace: Trace, finding: Finding): Title {
  if (finding.about === 'box') {
    const { x1, y1, x2, y2 } = finding.box
    return { box: [x1, y1, x2, y2] }
  }
  const { className, pictureBox } =
    finding.about === 'object'
      ? trace.objects[finding.object]!
      : trace.detections[finding.detection]!
  return { className, box: pictureBox }
}

/** Heading and sentences, with an empty line after them. */
export function findingText(trace: Trace, finding: Finding): string {
  const { className, box } = titleOf(trace, finding)
  // A detection's first sentence says its class and place.
  const told = finding.about === 'detection'
  const name = className === undefined || told ? '' : ` (${className})`
  const place = told ? '' : ` at ${box.map((side) => Math.round(side)).join(',')}`
  const lines = [
    `${numbered(finding)}${name}${place}: ${outcome(finding)}`,
    ...finding.sentences.map((sentence) => `  ${sentence}`),
    ...finding.saved.map((sentence) => `  What would help: ${sentence}`),
  ]
  return `${lines.map(printable).join('\n')}\n\n`
}

function numbered(finding: Finding): string {
  if (finding.about === 'box') return 'Box'
  return finding.about === 'object'
    ? `Object ${finding.object + 1}`
    : `Detection ${finding.detection + 1}`
}

function outcome(finding: Finding): string {
  if (finding.about === 'detection')
    return finding.kind === 'unknown' ? 'detected' : `wrong, ${finding.kind}`
  return finding.stage === 'found' ? 'found' : `missed, ${finding.stage}`
}

/** How many objects were found and missed, or that there was nothing to compare with. */
export function summaryText(
  trace: Trace,
  findings: readonly Finding[],
  {
    path,
    truth,
    shownScore,
  }: { readonly path: string; readonly truth: string | undefined; readonly shownScore: number },
): string {
  const shown = trace.detections.filter(({ score }) => score >= shownScore).length
  if (truth === undefined)
    return `${path}: ${countOf(shown, 'detection')} with a score of ${shownScore} or more. No labels were found. With NAME.xml beside the picture, or --truth FILE.xml, the misses are explained too.`
  const missed = findings.filter(({ about }) => about === 'object').length
  const wrong = findings.length - missed
  const difficult = trace.objects.filter((object) => object.difficult).length
  const aside = difficult === 0 ? '' : ` (${difficult} difficult, not judged)`
  return `${path}: ${countOf(trace.objects.length, 'object')}${aside} in ${truth}, ${missed} missed; ${countOf(shown, 'detection')} with a score of ${shownScore} or more, ${wrong} wrong.`
}
