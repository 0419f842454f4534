/** @file One anchor's way through the whole system, station by station, from the trace of the current picture. */
import { SHOWN_SCORE, type Trace, whyDetected } from 'singleshot/core'

/** One station. */
export interface Station {
  readonly name: string
  readonly text: string
  /** Lessons about it. */
  readonly lessons: readonly string[]
}

const two = (value: number) => value.toFixed(2).replace('-', '−')

/** All stations of an anchor; null where the list has no such anchor. */
export function stationsOf(trace: Trace, anchor: number): Station[] | null {
  const story = trace.anchors[anchor]
  if (story === undefined) return null
  const { featureMap, column, row, box } = story
  return [
    {
      name: 'Anchor',
      text: `${(box[2] - box[0]).toFixed(0)} × ${(box[3] - box[1]).toFixed(0)} on map ${featureMap + 1}, column ${column + 1}, row ${row + 1}`,
      lessons: ['03-anchors', '01-answer'],
    },
    ...(trace.loss === null ? [] : learningStations(trace, story)),
    ...usingStations(trace, story),
  ]
}

type Story = Trace['anchors'][number]

function learningStations(
  { objects, loss }: Trace,
  { match, target, loss: own }: Story,
): Station[] {
  const best = match.bestObject === null ? null : objects[match.bestObject]!
  const responsible = match.object === null ? null : objects[match.object]!
  const share = own === null ? 0 : own.classShare + own.offsetShare
  return [
    {
      name: 'Overlap',
      text:
        best === null
          ? 'touches no object'
          : `IoU ${two(match.bestIou)} with the ${best.className}`,
      lessons: ['02-overlap'],
    },
    {
      name: 'Matching',
      text:
        responsible === null
          ? 'negative: background'
          : `responsible for the ${responsible.className}`,
      lessons: ['04-matching'],
    },
    {
      name: 'Target',
      text:
        target.offsets === null
          ? 'background, no offsets'
          : `${responsible!.className}; ${target.offsets.map(two).join(', ')}`,
      lessons: ['05-offsets'],
    },
    {
      name: 'Share of the loss',
      text: own?.contributing
        ? `${share.toFixed(4)} (${((100 * share) / loss!.loss).toFixed(1)}%)`
        : 'does not count',
      lessons: ['07-loss', '08-mining', '09-training'],
    },
  ]
}

function usingStations(trace: Trace, { predicted, verdicts }: Story): Station[] {
  const { classes } = trace.config
  const { probabilities, box } = predicted
  const best = probabilities.indexOf(Math.max(...probabilities))
  const claim = verdicts.find(({ score }) => score >= SHOWN_SCORE)
  const { scaleX, scaleY } = trace.input
  const [x1, y1, x2, y2] = [box[0] * scaleX, box[1] * scaleY, box[2] * scaleX, box[3] * scaleY]
  return [
    {
      name: 'Output',
      text: `${best === 0 ? 'background' : classes[best - 1]} ${two(probabilities[best]!)}`,
      lessons: ['06-network'],
    },
    {
      name: 'Box',
      text: `${[x1, y1, x2, y2].map((side) => side.toFixed(0).replace('-', '−')).join(', ')}`,
      lessons: ['10-boxes'],
    },
    { name: 'NMS', text: nmsText(claim), lessons: ['11-nms'] },
    { name: 'Result', text: resultText(trace, claim), lessons: ['12-score', '13-why'] },
  ]
}

function nmsText(claim: Story['verdicts'][number] | undefined): string {
  if (claim === undefined) return `no claim at ${SHOWN_SCORE} or more`
  return claim.kind === 'kept'
    ? 'kept'
    : `removed${claim.detection === null ? '' : ` by detection ${claim.detection + 1}`}`
}

function resultText(trace: Trace, claim: Story['verdicts'][number] | undefined): string {
  if (claim === undefined || claim.kind !== 'kept' || claim.detection === null)
    return 'no detection'
  if (trace.loss === null) return `detection ${claim.detection + 1}`
  const { kind } = whyDetected(trace, claim.detection, { shownScore: SHOWN_SCORE })
  return `detection ${claim.detection + 1}: ${kind === 'right' ? 'correct' : 'wrong'}`
}
