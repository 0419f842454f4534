/** @file What a training run says while it is under way: a sentence for people, lines for programs. */
import type { StepReport } from '../train/report.ts'
import { formatDuration } from './terminal.ts'

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
