/** @file What `singleshot doctor --model` does: a trained network looks at the labels. */
import { SUSPICION_KINDS, type SuspicionKind } from '../doctor/suspicions.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { LabelReport, LabelSuspicion } from '../node/data/label-doctor.ts'
import type { Invocation } from './command.ts'
import type { DoctorOptions } from './doctor-options.ts'
import { readRules } from './read-rules.ts'
import { engineOptions } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'
import { describeStep } from './training-talk.ts'

/** Suspicions that are listed unless all are asked for. */
const LISTED = 30

/** Examines the labels by a model. @param model a run folder or model file */
export async function doctorLabels(
  model: string,
  { options, signal }: Invocation<DoctorOptions>,
): Promise<number> {
  const { examineWithSource } = await import('../node/data/label-doctor.ts')
  const { data, format, split, folds, strict, out, review, to } = options
  const progress = createProgress()
  const examined = await examineWithSource({
    ...engineOptions(options),
    ...{ data, model, format, split, folds, strict, signal },
    rules: await readRules(options),
    onEvent: ({ done, total }) =>
      progress.update(done / total!, `${done} of ${countOf(total!, 'picture')}`),
    onFold: (event, fold) => {
      if (event.type === 'step')
        progress.update(
          event.report.progress,
          `run ${fold} of ${folds}: ${describeStep(event.report)}`,
        )
      else if (event.type === 'message') say(event.message)
    },
  }).finally(() => progress.done())
  const { report } = examined
  if (options.json) writeJsonLine(report)
  else writeText(describeSuspicions(report, options.all ? Number.POSITIVE_INFINITY : LISTED))
  for (const { problem } of report.leftOut) say(`Left out: ${problem}`)
  say(summaryOf(report))
  if (!report.outOfFold)
    say(
      'If the model was trained on these pictures for long, it may have learned wrong labels by heart: --folds 3 asks runs that never saw them.',
    )
  if (out !== undefined) {
    const { writeSuspicionsPage } = await import('../node/data/suspicions-page.ts')
    await writeSuspicionsPage({ report, out, signal })
    say(`Page: ${out}`)
  }
  if (review !== undefined) {
    const { writeReview } = await import('../node/data/review-labels.ts')
    const pictures = await writeReview({ ...examined, to, out: review, signal })
    say(`${countOf(pictures, 'picture')} to correct, for ${to}: ${review}`)
  }
  return EXIT.ok
}

function summaryOf({ pictures, objects, suspicions }: LabelReport): string {
  const kinds = Object.keys(SUSPICION_KINDS) as SuspicionKind[]
  const counts = kinds.map((kind) => {
    return `${suspicions.filter((one) => one.kind === kind).length} ${kind}`
  })
  return `${countOf(pictures, 'picture')}, ${countOf(objects, 'label')}: ${countOf(suspicions.length, 'suspicion')} (${counts.join(', ')}).`
}

/** A line each, the surest first. @param listed at most */
export function describeSuspicions({ suspicions }: LabelReport, listed: number): string {
  const rows = suspicions
    .slice(0, listed)
    .map((one) => `${one.confidence.toFixed(2)}  ${placeOf(one)}: ${sentenceOf(one)}`)
  const more =
    suspicions.length > listed ? [`… and ${suspicions.length - listed} more (--all)`] : []
  return [...rows, ...more].join('\n')
}

const placeOf = ({ file, object }: LabelSuspicion) =>
  object === null ? file : `${file}, object ${object}`

/** E.g. "labelled RBC, perhaps WBC", "perhaps a forgotten RBC at 12,30 to 90,101". */
function sentenceOf({ kind, className, box, proposal }: LabelSuspicion): string {
  const at = (place: typeof box) =>
    place === null
      ? ''
      : `${place.x1.toFixed()},${place.y1.toFixed()} to ${place.x2.toFixed()},${place.y2.toFixed()}`
  switch (kind) {
    case 'missing':
      return `perhaps a forgotten ${proposal!.className} at ${at(proposal!.box)}`
    case 'spurious':
      return `labelled ${className}, perhaps nothing`
    case 'class':
      return `labelled ${className}, perhaps ${proposal!.className}`
    case 'shifted':
      return `${className} at ${at(box)}, perhaps at ${at(proposal!.box)}`
  }
}
