import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { commandIn, lines, singleshotIn } from './run-command.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
const SCENES = ['--scenes', '10', '--size', '96x64', '--fewest', '2', '--most', '2']
const EVEN = ['--smallest', '20', '--largest', '0.5', '--turn', '0', '--crowded', '0']

describe('singleshot shapes', () => {
  it('draws a labelled set of the size, number and proportions that were asked for', async () => {
    const args = ['shapes', '--out', 'set', '--json', '--empty', '0.5', ...SCENES, ...EVEN]
    const { code, stdout, stderr } = await singleshot(args)
    expect(code).toBe(0)
    expect(JSON.parse(lines(stdout)[0]!)).toMatchObject({ data: 'set', scenes: 10, seed: 1 })
    expect(stderr).toContain('Try: singleshot train --data set ')

    const { examples, problems } = await readVocDataset(join(folder, 'set'))
    expect(problems).toEqual([])
    expect(examples).toHaveLength(10)
    expect(new Set(examples.map(({ objects }) => objects.length))).toEqual(new Set([0, 2]))
    // Sides of 20 to 32 pixels, stretched by at most √1.8, and a pixel of rounding on each side.
    for (const { size, objects } of examples) {
      expect(size).toMatchObject({ width: 96, height: 64 })
      for (const { box } of objects) {
        expect(box.x2 - box.x1).toBeLessThanOrEqual(32 * Math.sqrt(1.8) + 2)
        expect(box.y2 - box.y1).toBeLessThanOrEqual(32 * Math.sqrt(1.8) + 2)
      }
    }
  })

  it('of the same seed are the same, of another others', async () => {
    const labels = async (out: string, seed: string) => {
      const { stdout } = await command(['shapes', '--out', out, '--seed', seed, ...SCENES])
      expect(stdout).toBe(`${out}\n`)
      return readFile(join(folder, out, 'Annotations', '000003.xml'), 'utf8')
    }
    const first = await labels('a', '7')
    expect(await labels('b', '7')).toBe(first)
    expect(await labels('c', '8')).not.toBe(first)
  })

  it('refuses a folder that is taken, and stops at Ctrl-C', async () => {
    const taken = await command(['shapes', '--out', 'set', ...SCENES])
    expect(taken).toMatchObject({ code: 73, stdout: '' })
    expect(taken.stderr).toContain('error E_OUTPUT_EXISTS: writeShapes: expected an output folder')
    const args = ['shapes', '--out', 'many', '--scenes', '50000']
    const stopped = await singleshot(args, { interruptAt: / of 50000 scenes/ })
    expect(stopped).toMatchObject({ code: 130, stdout: '' })
  })
})
