/** @file What `singleshot why` does: reads the picture and its labels, traces it, and tells what went wrong. */
import { EXIT } from '../error/exit-codes.ts'
import type { Trace } from '../explain/trace.ts'
import { whyMissed } from '../explain/why.ts'
import { type Finding, whyPicture } from '../explain/why-picture.ts'
import type { ProblemEvent } from '../node/events.ts'
import { refuseExisting, writeNewFile } from '../node/files/new-file.ts'
import { readDetector } from '../node/model.ts'
import { readLabelledPicture, traceWith } from '../node/why.ts'
import type { Invocation } from './command.ts'
import { readRules } from './read-rules.ts'
import { engineOptions } from './shared-options.ts'
import { say, writeJsonLine, writeText } from './terminal.ts'
import type { WhyCommandOptions } from './why-options.ts'
import { findingText, summaryText, titleOf } from './why-talk.ts'
import { readTarget } from './why-target.ts'

/** Explains a picture. @returns the exit code: 0 also where something was missed */
export async function explainPicture({
  options,
  positionals,
  signal,
}: Invocation<WhyCommandOptions>): Promise<number> {
  const path = positionals[0]!
  if (options.trace !== undefined) await refuseExisting('why', options.trace)
  const model = await readDetector(options.model, { rules: await readRules(options) })
  const { classes } = model.config
  const onEvent = ({ problem }: ProblemEvent) => say(problem.message)
  const { truth, data, format } = options
  const { image, objects, ...found } = await readLabelledPicture(path, {
    classes,
    truth,
    data,
    format,
    onEvent,
    signal,
  })
  // Before the engine starts: a slip of the keyboard is told at once.
  const target = readTarget(options, { picture: image, classes, objectCount: objects?.length })
  const trace = await traceWith(model, image, {
    ...(objects !== undefined && { objects }),
    engine: engineOptions(options),
    signal,
  })
  const shownScore = options.score
  const findings =
    target === undefined ? whyPicture(trace, { shownScore }) : [ask(trace, target, shownScore)]
  for (const finding of findings) {
    if (options.json) writeJsonLine({ image: path, ...finding, ...titleOf(trace, finding) })
    else writeText(findingText(trace, finding))
  }
  if (target === undefined) say(summaryText(trace, findings, { path, shownScore, ...found }))
  if (options.trace !== undefined) await writeTrace(options.trace, trace)
  return EXIT.ok
}

function ask(
  trace: Trace,
  target: NonNullable<ReturnType<typeof readTarget>>,
  shownScore: number,
): Finding {
  const finding = whyMissed(trace, target, { shownScore })
  return 'object' in target
    ? { about: 'object', object: target.object, ...finding }
    : { about: 'box', box: target.box, ...finding }
}

async function writeTrace(path: string, trace: Trace): Promise<void> {
  await writeNewFile(path, `${JSON.stringify(trace)}\n`, { where: 'why' })
  say(`Trace: ${path}`)
}
