import { describe, expect, it } from 'vitest'
import { createProgress, formatDuration } from './terminal.ts'
import { describeStep, epochLines } from './training-talk.ts'

/** A stream that keeps what is written to it. */
function keepingStream(terminal: { isTTY: boolean; columns?: number }) {
  const written: string[] = []
  const stream = { ...terminal, write: (text: string) => written.push(text) > 0 }
  return { written, stream: stream as unknown as NodeJS.WriteStream }
}

const step = {
  step: 30,
  epoch: 1.5,
  progress: 0.25,
  seconds: 50,
  learningRate: 0.01,
  stepMilliseconds: 1,
  engineMilliseconds: 1,
  classLoss: 1.234,
  offsetLoss: 0.5,
  positives: 9,
  gradientNorm: 1,
}

describe('progress', () => {
  it('redraws one line on a terminal, cut to its width', () => {
    const { stream, written } = keepingStream({ isTTY: true, columns: 40 })
    const progress = createProgress(stream)
    progress.update(0.5, 'a sentence that is longer than the terminal is wide')
    progress.done()
    progress.done()
    expect(written).toEqual([`\r\u001b[2K${'█'.repeat(12)}${'░'.repeat(12)}  50 %  a sente`, '\n'])
  })

  it('writes plain lines elsewhere, seldom, but always the last one', () => {
    const { stream, written } = keepingStream({ isTTY: false })
    const progress = createProgress(stream)
    progress.update(0.1, 'first')
    progress.update(0.2, 'too soon')
    progress.update(1, 'last')
    progress.done()
    expect(written).toEqual([' 10 %  first\n', '100 %  last\n'])
  })
})

describe('what a run says', () => {
  it('names the time that is left', () => {
    expect(describeStep(step)).toBe('epoch 1.5  class loss 1.23  offset loss 0.50  2 min 30 s left')
  })

  it('for programs, is one line an epoch, and the end', () => {
    const epochs: number[] = []
    const tell = epochLines(({ epoch }) => epochs.push(epoch))
    for (const [epoch, progress] of [
      [0.5, 0.1],
      [1, 0.4],
      [1.5, 0.5],
      [2, 0.8],
      [2.5, 1],
    ] as const)
      tell({ ...step, epoch, progress })
    expect(epochs).toEqual([1, 2, 2.5])
  })

  it('rounds times to whole seconds', () => {
    expect([0, 59.4, 59.6, 3661].map(formatDuration)).toEqual([
      '0 s',
      '59 s',
      '1 min 00 s',
      '61 min 01 s',
    ])
  })
})
