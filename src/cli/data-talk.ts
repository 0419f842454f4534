/** @file What is said of labelled data: its problems as they are found, and what was read. */

import type { DataSummary } from '../dataset/summary.ts'
import { describeData, leftOutText } from '../dataset/summary-text.ts'
import { countOf } from '../error/count-of.ts'
import type { SingleshotError } from '../error/singleshot-error.ts'
import type { Option } from './option.ts'
import type { Progress } from './terminal.ts'

/** Whether problems of the data end the command. */
export const STRICT_OPTION = {
  type: 'flag',
  text: 'stop if anything in the data is wrong, after naming all of it; by default it is left out',
} as const satisfies Option

/** Problems that are named; the summary counts all of them. */
const NAMED_PROBLEMS = 10

/** So many pictures take a second or more to check. */
const MANY_PICTURES = 200

/** Tells what there is to tell about data. */
export interface DataTalk {
  /** Tells a problem, if it is one of the first ten; a remedy is told once. */
  problem(problem: SingleshotError): void
  /** Shows how many pictures were looked at, if there are enough to take a while. */
  checked(progress: Progress, done: number, total: number): void
  /** Tells what data to train on holds. */
  trainingData(summary: DataSummary): void
  /** Tells what a detector was judged on. */
  judgedData(summary: DataSummary): void
}

/** Makes the talk of one command. @param say how a line is written */
export function createDataTalk(strict: boolean, say: (line: string) => void): DataTalk {
  let found = 0
  const advised = new Set<string>()
  const tellRest = () => {
    const rest = found - NAMED_PROBLEMS
    if (rest > 0) say(`… and ${countOf(rest, 'more problem')}`)
    found = 0
  }
  return {
    problem({ code, message, remedy }) {
      if (found++ >= NAMED_PROBLEMS) return
      say(`${strict ? 'wrong' : 'left out'}: ${code} ${message}`)
      if (!advised.has(remedy)) say(`  ${remedy}`)
      advised.add(remedy)
    },
    checked(progress, done, total) {
      if (total >= MANY_PICTURES)
        progress.update(done / total, `${done} of ${total} pictures checked`)
    },
    trainingData(summary) {
      tellRest()
      for (const line of describeData(summary)) say(line)
    },
    judgedData(summary) {
      tellRest()
      const { images, objects } = summary
      const pictures = countOf(images, 'picture')
      const labels = countOf(objects, 'labelled object')
      say(
        [`${summary.name}: judged on ${pictures} with ${labels}.`, ...leftOutText(summary)].join(
          ' ',
        ),
      )
    },
  }
}
