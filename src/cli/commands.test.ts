import { describe, expect, it } from 'vitest'
import { withSettings } from '../config/train.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import { anchorsCommand } from './anchors.ts'
import { benchCommand } from './bench.ts'
import type { Command } from './command.ts'
import { convertCommand } from './convert.ts'
import { demoCommand } from './demo.ts'
import { detectCommand } from './detect.ts'
import { doctorCommand } from './doctor.ts'
import { evalCommand } from './eval.ts'
import { explainCommand } from './explain.ts'
import { exportCommand } from './export.ts'
import { helpOf } from './help.ts'
import { importCommand } from './import.ts'
import { withoutOf } from './option.ts'
import { pullCommand } from './pull.ts'
import { readArguments } from './read-arguments.ts'
import { shapesCommand } from './shapes.ts'
import { trainCommand } from './train.ts'
import { whyCommand } from './why.ts'

const COMMANDS: Command[] = [
  trainCommand,
  evalCommand,
  detectCommand,
  demoCommand,
  convertCommand,
  doctorCommand,
  anchorsCommand,
  benchCommand,
  exportCommand,
  shapesCommand,
  importCommand,
  pullCommand,
  explainCommand,
  whyCommand,
]

describe('the commands', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'the example of %s is one that its own rules accept',
    (name, command) => {
      const [program, spoken, ...args] = command.example.split(' ')
      expect([program, spoken]).toEqual(['singleshot', name])
      expect(() => readArguments(command, args)).not.toThrow()
    },
  )

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'the help of %s fits a terminal and explains every option',
    (_, command) => {
      const lines = helpOf(command).split('\n')
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
      for (const name of Object.keys(command.options))
        expect(lines.filter((line) => line.startsWith(`  --${name} `))).toHaveLength(1)
    },
  )

  it('the help of train shows the defaults that are applied', () => {
    const { batch: batches, seed: seeds, 'learning-rate': rates } = trainCommand.options
    const shown = [batches, seeds, rates].map(withoutOf)
    const { batch, seed, learningRate, optimiser } = TRAIN_DEFAULTS
    const adamw = `adamw ${withSettings(TRAIN_DEFAULTS, { optimiser: 'adamw' }).learningRate}`
    expect(shown).toEqual([`${batch}`, `${seed}`, `${optimiser} ${learningRate}; ${adamw}`])
  })
})
