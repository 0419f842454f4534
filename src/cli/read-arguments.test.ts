import { describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import type { Options } from './option.ts'
import { readArguments } from './read-arguments.ts'

const command: Command = {
  name: 'paint',
  summary: 'Paints.',
  usage: '--out DIR',
  example: 'singleshot paint --out wall',
  options: {
    out: { type: 'text', value: 'DIR', required: true, text: 'where' },
    coats: { type: 'count', value: 'N', min: 1, max: 9, text: 'how often' },
    thickness: { type: 'number', value: 'X', above: 0, text: 'in millimetres' },
    colour: { type: 'text', choices: ['red', 'blue'], text: 'which' },
    wall: { type: 'size', value: 'WxH', min: 10, max: 500, text: 'how large' },
    dry: { type: 'flag', text: 'only pretend' },
  },
  run: async () => 0,
}

const read = (...args: string[]) => readArguments(command, args)!.options
const refusal = (...args: string[]) => {
  try {
    read(...args)
    return 'nothing was refused'
  } catch (error) {
    return (error as Error).message
  }
}

describe('readArguments', () => {
  it('gives numbers as numbers, flags as true, and what was left out as undefined', () => {
    const options = read('--out', 'a b', '--coats=2', '--thickness', '1e-3', '--dry')
    expect(options).toMatchObject({ out: 'a b', coats: 2, thickness: 0.001, dry: true })
    expect(options.colour).toBeUndefined()
  })

  it('puts defaults where nothing was typed, and tells what was', () => {
    const options = {
      coats: { type: 'count', min: 1, default: 2, text: 'how often' },
      wall: { type: 'size', default: { width: 30, height: 20 }, text: 'how large' },
      dry: { type: 'flag', text: 'only pretend' },
    } as const satisfies Options
    const painting: Command<typeof options> = { ...command, options, run: async () => 0 }
    const invocation = readArguments(painting, ['--wall', '40x10'])!
    const { coats, wall, dry } = invocation.options
    // The types follow from the data: these lines would not compile if they did not.
    const numbers: number[] = [coats, wall.width, wall.height]
    const flag: boolean = dry
    expect([numbers, flag]).toEqual([[2, 40, 10], false])
    expect([...invocation.given]).toEqual(['wall'])
    expect(readArguments(painting, [])!.options.wall).toEqual({ width: 30, height: 20 })
  })

  it('lets the last of two equal options win', () => {
    expect(read('--out', 'a', '--out', 'b').out).toBe('b')
  })

  it('asks for no required option when help is wanted', () => {
    expect([readArguments(command, ['--help']), readArguments(command, ['-h'])]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('keeps arguments that are no options, where they are allowed', () => {
    const invocation = readArguments({ ...command, positionals: true }, [
      'x.jpg',
      '--out',
      'y',
      '--',
      '--z.jpg',
    ])
    expect(invocation?.positionals).toEqual(['x.jpg', '--z.jpg'])
  })

  it.each([
    [[], 'paint: expected the option --out DIR'],
    [['--out'], 'paint: expected a value after --out: DIR'],
    [['--out', '--dry'], 'paint: expected a value after --out: DIR'],
    [['--out', ''], 'paint: expected --out to be something, got '],
    [['--out', 'a', 'b'], 'paint: expected options only, got b'],
    [['--ouy', 'a'], 'paint: there is no option --ouy; did you mean --out?'],
    [['-o', 'a'], 'paint: there is no option -o'],
    [['--dry=yes', '--out', 'a'], 'paint: expected no value after --dry, got yes'],
    [['--coats', '0'], 'paint: expected --coats to be a whole number from 1 to 9, got 0'],
    [['--coats', '-1'], 'paint: expected --coats to be a whole number from 1 to 9, got -1'],
    [['--coats', '2.5'], 'paint: expected --coats to be a whole number from 1 to 9, got 2.5'],
    [['--coats', '10'], 'paint: expected --coats to be a whole number from 1 to 9, got 10'],
    [['--thickness', '0'], 'paint: expected --thickness to be a number above 0, got 0'],
    [['--thickness', 'NaN'], 'paint: expected --thickness to be a number above 0, got NaN'],
    [['--thickness', '1e999'], 'paint: expected --thickness to be a number above 0, got 1e999'],
    [['--thickness', ' '], 'paint: expected --thickness to be a number above 0, got  '],
    [['--colour', 'green'], 'paint: expected --colour to be one of red, blue, got green'],
    [
      ['--wall', '20'],
      'paint: expected --wall to be WIDTHxHEIGHT in pixels, e.g. 320x240, each side from 10 to 500, got 20',
    ],
    [
      ['--wall', '20x501'],
      'paint: expected --wall to be WIDTHxHEIGHT in pixels, e.g. 320x240, each side from 10 to 500, got 20x501',
    ],
  ])('refuses %j', (args, message) => {
    expect(refusal(...args)).toBe(message)
  })
})
