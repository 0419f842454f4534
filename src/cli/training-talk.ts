/** @file What a training run says while it is under way: a sentence for people, lines for programs. */
import type { TrainEvent } from '../node/events.ts'
import type { StepReport } from '../train/report.ts'
import type { DataTalk } from './data-talk.ts'
import { formatDuration, type Progress, say, writeJsonLine } from './terminal.ts'

/** "epoch 3.2  class loss 1.84  offset loss 0.61  2 min 05 s left". */
export function describeStep({
  progress,
  seconds,
  epoch,
  classLoss,
  offsetLoss,
}: StepReport): string {
  const left = progress > 0 ? formatDuration((seconds / progress) * (1 - progress)) : '?'
  return `epoch ${epoch.toFixed(1)}  class loss ${classLoss.toFixed(2)}  offset loss ${offsetLoss.toFixed(2)}  ${left} left`
}

/** Passes on one report for each pass over the data, and the last one. */
export function epochLines(write: (report: StepReport) => void): (report: StepReport) => void {
  let epoch = 0
  return (report) => {
    if (Math.floor(report.epoch) === epoch && report.progress < 1) return
    epoch = Math.floor(report.epoch)
    write(report)
  }
}

/** Tells what a run tells: as sentences and a bar, or with `--json` as lines. */
export function tellEvents({
  json,
  talk,
  progress,
}: {
  readonly json: boolean
  readonly talk: DataTalk
  readonly progress: Progress
}): (event: TrainEvent) => void {
  const writeEpoch = epochLines(writeJsonLine)
  return (event) => {
    switch (event.type) {
      case 'step':
        if (json) return writeEpoch(event.report)
        return progress.update(event.report.progress, describeStep(event.report))
      case 'problem':
        return talk.problem(event.problem)
      case 'progress':
        return talk.checked(progress, event.done, event.total!)
      case 'message':
        return say(event.message)
      case 'data':
        progress.done()
        talk.trainingData(event.data)
        if (json) writeJsonLine({ data: event.data })
    }
  }
}
