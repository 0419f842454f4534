/** @file The boxes of a story in the picture, and which of them a click means. */
import type { Box, Trace } from 'singleshot/core'
import { drawLabel, type FigureBox } from '../../figure/figure-box.ts'
import type { Draw } from '../../figure/view.ts'
import { inPicture } from './ladder.ts'
import type { About, Line, Story } from './story.ts'

/** What is asked about now, and what is shown. */
export interface Shown {
  readonly about: About
  readonly which: number
  readonly shownScore: number
}

type Four = readonly [number, number, number, number]

const boxOf = ([x1, y1, x2, y2]: Four): Box => ({ x1, y1, x2, y2 })

/** Objects, shown detections, and the anchor of the story. Only what the story is about has a label; see labelAnchor. */
export function boxesOf(trace: Trace, story: Story | null, shown: Shown): FigureBox[] {
  const isSubject = (about: About, which: number) => shown.about === about && shown.which === which
  const look = (label: string, subject: boolean, involved: boolean) =>
    subject || involved ? { label, filled: subject, width: 3.5 } : { width: 1.5 }
  const objects = trace.objects.map(({ pictureBox, className }, i): FigureBox => {
    const involved = story?.kind === 'detected' && story.finding.object === i
    const label = `object ${i + 1}: ${className}`
    return {
      ...{ box: boxOf(pictureBox), tone: 'truth', fixed: true },
      ...look(label, isSubject('object', i), involved),
    }
  })
  const detections = trace.detections.flatMap(
    ({ pictureBox, className, score }, i): FigureBox[] => {
      const involved = story?.finding.detection === i
      if (score < shown.shownScore && !involved) return []
      const label = `detection ${i + 1}: ${className} ${score.toFixed(2)}`
      return [
        {
          ...{ box: boxOf(pictureBox), tone: 'detection', fixed: true },
          ...look(label, isSubject('detection', i), involved),
        },
      ]
    },
  )
  return [...objects, ...detections, ...anchorBoxes(trace, story)]
}

/** Where the story's anchor stood, and, where it became no detection, where it put its box. */
function anchorBoxes(trace: Trace, story: Story | null): FigureBox[] {
  if (story === null || story.finding.anchor === null) return []
  const { box, predicted } = trace.anchors[story.finding.anchor]!
  const stood: FigureBox = {
    ...{ box: inPicture(trace, box), tone: 'anchor', fixed: true, width: 3 },
  }
  if (story.kind === 'detected' || story.finding.stage === 'found') return [stood]
  const put = inPicture(trace, predicted.box)
  return [stood, { box: put, tone: 'second', fixed: true, width: 2.5 }]
}

/** Writes under the story's anchor and its box what they are: above them other labels stand already. */
export function labelAnchor(trace: Trace, story: Story | null): Draw {
  return (context, view) => {
    const line = 21 * view.pixel
    let above = 0
    for (const { box, tone } of anchorBoxes(trace, story)) {
      const text = tone === 'anchor' ? `anchor ${story!.finding.anchor}` : 'predicted'
      const y = Math.max(Math.min(box.y2 + line, view.height), above + line)
      drawLabel(context, view, { text, x: box.x1, y, colour: view.colour(tone) })
      above = y
    }
  }
}

/**
 * What a click means: the smallest object or shown detection under it; if that is the subject already, the next
 * larger one, because an object and its detection lie upon each other. Null where nothing is.
 */
export function nextUnder(
  { objects, detections }: Trace,
  { x, y }: { readonly x: number; readonly y: number },
  { about, which, shownScore }: Shown,
): Pick<Line, 'about' | 'which'> | null {
  const all = [
    ...objects.map(({ pictureBox }, i) => ({ about: 'object', which: i, pictureBox }) as const),
    ...detections
      .map(
        ({ pictureBox, score }, i) =>
          ({ about: 'detection', which: i, pictureBox, score }) as const,
      )
      .filter(({ score }) => score >= shownScore),
  ]
  const under = all
    .filter(({ pictureBox: [x1, y1, x2, y2] }) => x >= x1 && x <= x2 && y >= y1 && y <= y2)
    .toSorted((a, b) => areaOf(a.pictureBox) - areaOf(b.pictureBox))
  const at = under.findIndex((one) => one.about === about && one.which === which)
  return under[(at + 1) % under.length] ?? null
}

const areaOf = ([x1, y1, x2, y2]: Four) => (x2 - x1) * (y2 - y1)
