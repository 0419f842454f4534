import { assert, jsonValue, property, string } from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isPrintable } from '../error/printable.ts'
import { createProgress, formatDuration, jsonLine, say, writeRow, writeText } from './terminal.ts'
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

  it('rounds times to whole seconds, up to 90 minutes', () => {
    expect([0, 59.4, 59.6, 3661, 5459].map(formatDuration)).toEqual([
      '0 s',
      '59 s',
      '1 min 00 s',
      '61 min 01 s',
      '90 min 59 s',
    ])
  })

  it('tells times above 90 minutes in hours and whole minutes', () => {
    // 91 min; 119 min 40 s, which rounds to two hours; 79 h 12 min.
    expect([5460, 7180, 285_120].map(formatDuration)).toEqual([
      '1 h 31 min',
      '2 h 00 min',
      '79 h 12 min',
    ])
  })
})

describe('what comes from outside', () => {
  const hostile = 'cat\u001b]0;title\u0007\nerror E_FAKE\t1.0\u009b31m\u202etxt'
  const shown = 'cat\\u001b]0;title\\u0007\\nerror E_FAKE\\t1.0\\u009b31m\\u202etxt'

  /** What a call writes to a stream. */
  function written(stream: 'stdout' | 'stderr', call: () => void): string {
    const texts: string[] = []
    vi.spyOn(process[stream], 'write').mockImplementation((text) => texts.push(String(text)) > 0)
    call()
    return texts.join('')
  }
  afterEach(() => vi.restoreAllMocks())

  it('forges no line of a message', () => {
    expect(written('stderr', () => say(`left out: ${hostile}`, 'next'))).toBe(
      `left out: ${shown}\nnext\n`,
    )
  })

  it('forges no row and no cell of data', () => {
    expect(written('stdout', () => writeRow(hostile, '0.9'))).toBe(`${shown}\t0.9\n`)
  })

  it('steers no terminal from a text of several lines, which keeps its own lines and tabs', () => {
    expect(written('stdout', () => writeText('a\tb\n\u001b[2Jc\r'))).toBe('a\tb\n\\u001b[2Jc\\r\n')
  })

  it('redraws no line of progress', () => {
    const { stream, written } = keepingStream({ isTTY: false })
    createProgress(stream).update(1, 'a\rb')
    expect(written).toEqual(['100 %  a\\rb\n'])
  })

  it('is the same value in a line of JSON, which is printable', () => {
    const texts = string({ unit: 'binary' })
    assert(
      property(jsonValue({ stringUnit: 'binary' }), texts, (value, text) => {
        const line = jsonLine({ value, text })
        expect(isPrintable(line)).toBe(true)
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ value, text })))
      }),
    )
    expect(jsonLine('\u009b\u202e\u2028\u007f')).toBe('"\\u009b\\u202e\\u2028\\u007f"')
  })
})
