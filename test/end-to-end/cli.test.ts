import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../src/error/codes.ts'
import { commandIn, lines, singleshotIn } from './run-command.ts'
import { temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
const set = await writeSmallSet(join(folder, 'set'))
const run = join(folder, 'run')
const QUICK = ['--batch', '4', '--threads', '1', '--input', '96x64']

describe('singleshot on the command line', () => {
  it('trains, evaluates and detects, with data on stdout and talk on stderr', async () => {
    const trained = await singleshot([
      'train',
      '--data',
      set,
      '--out',
      run,
      '--epochs',
      '3',
      ...QUICK,
    ])
    expect(trained).toMatchObject({ code: 0, stdout: `${run}\n` })
    expect(trained.stderr).toMatch(/Trained: 3\.\d epochs .*\nNext: singleshot eval --model/)

    const judged = await singleshot(['eval', '--model', run, '--data', set, '--json'])
    expect(judged.code).toBe(0)
    expect(lines(judged.stdout)).toHaveLength(1)
    const report = JSON.parse(judged.stdout)
    expect(report.measures[0].protocol).toMatch(/IoU/)

    const table = await command(['eval', '--model', run, '--data', set])
    expect(table.stdout).toMatch(/mAP50/)

    const pictures = (await readdir(join(set, 'JPEGImages')))
      .slice(0, 2)
      .map((name) => join(set, 'JPEGImages', name))
    const found = await singleshot([
      'detect',
      '--model',
      run,
      ...pictures,
      '--score',
      '0',
      '--json',
      '--save',
      join(folder, 'found'),
    ])
    expect(found.code).toBe(0)
    const results = lines(found.stdout).map((line) => JSON.parse(line))
    expect(results.map(({ image, width, height }) => [image, width, height])).toEqual(
      pictures.map((path) => [path, 96, 64]),
    )
    expect(await readdir(join(folder, 'found'))).toHaveLength(2)
  })

  it('writes one JSON line an epoch, and a last one, and nothing else to stdout', async () => {
    const out = join(folder, 'json')
    const asked = ['--data', set, '--out', out, '--epochs', '2', '--flip', 'none', '--json']
    const { code, stdout } = await singleshot(['train', ...asked, ...QUICK])
    expect(code).toBe(0)
    const config = JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))
    expect(config.augment.flip).toEqual({ horizontal: 0, vertical: 0 })
    const reports = lines(stdout).map((line) => JSON.parse(line))
    expect(reports.length).toBeGreaterThanOrEqual(3)
    expect(reports.at(-1)).toMatchObject({ done: true, run: out })
  })

  it('saves on Ctrl-C with exit code 130, and goes on with --resume', async () => {
    const out = join(folder, 'long')
    const stopped = await singleshot(
      ['train', '--data', set, '--out', out, '--epochs', '400', '--json', ...QUICK],
      { interruptAt: /"epoch":2/ },
    )
    expect(stopped.code).toBe(130)
    expect(JSON.parse(lines(stopped.stdout).at(-1)!)).toMatchObject({ done: false, stopped: true })
    expect(stopped.stderr).toContain('Stopping. Ctrl-C again ends at once.')
    expect(stopped.stderr).toContain(`Go on with: singleshot train --out ${out} --resume`)
    expect(existsSync(join(out, 'last.safetensors'))).toBe(true)
    const { steps } = JSON.parse(lines(stopped.stdout).at(-1)!)
    const resumed = await singleshot([
      'train',
      '--out',
      out,
      '--resume',
      '--epochs',
      '4',
      '--batch',
      '2',
      '--json',
      '--threads',
      '1',
    ])
    expect(resumed.code).toBe(0)
    expect(resumed.stderr).toContain('--batch: not looked at; the run goes on as it began.')
    expect(JSON.parse(lines(resumed.stdout).at(-1)!).steps).toBeGreaterThan(steps)
  })

  it('has help for every command, without waiting for the engine', async () => {
    for (const name of 'train eval detect why explain demo shapes bench import pull export'.split(
      ' ',
    )) {
      const { code, stdout } = await command([name, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(
        new RegExp(`Usage: singleshot ${name}[\\s\\S]*--json[\\s\\S]*Example: `),
      )
    }
  })

  it('bench prints milliseconds an image, split into engine and the rest', async () => {
    for (const mode of ['detect', 'train']) {
      const { stdout } = await command([
        'bench',
        '--mode',
        mode,
        '--batch',
        '2',
        '--runs',
        '2',
        '--input',
        '96x64',
        '--threads',
        '1',
        '--json',
      ])
      const result = JSON.parse(stdout)
      expect(result).toMatchObject({ model: 'tiny', mode, batch: 2, threads: 1 })
      expect(result.millisecondsPerImage).toBeGreaterThanOrEqual(result.engineMillisecondsPerImage)
    }
  })

  it.each([
    [['trian'], 64, 'there is no command trian; did you mean train?'],
    [
      ['paint'],
      64,
      'expected one of train, eval, detect, why, demo, anchors, doctor, convert, shapes, bench',
    ],
    [['train', '--epocs', '3'], 64, 'there is no option --epocs; did you mean --epochs?'],
    [['train', '--data', 'x'], 64, 'expected the option --out RUN'],
    [['doctor', '--data', 'x', '--folds', '3'], 64, 'expected --folds together with --model'],
    [
      ['train', '--data', 'x', '--out', 'y', '--batch', '0'],
      64,
      'expected --batch to be a whole number from 1 to 1024, got 0',
    ],
    [
      ['train', '--data', 'x', '--out', 'y', '--model', 'huge'],
      64,
      'expected --model to be one of tiny, ssdlite320, ssd300, ssd300-voc, ssd512, lesson9, lesson9-simple, got huge',
    ],
    [['train', '--data', 'x', '--out', 'y', '--input', '320'], 64, 'WIDTHxHEIGHT'],
    [['train', '--data', 'nowhere', '--out', 'y'], 66, 'error E_FOLDER_MISSING'],
    [['eval', '--model', 'nothing', '--data', 'x'], 66, 'error E_MODEL_MISSING'],
    [
      ['detect', '--model', 'x', '--score', '1.5', 'a.jpg'],
      64,
      'expected --score to be a number from 0 to 1, got 1.5',
    ],
    [['train', '--out', 'y'], 64, 'expected the option --data DIR'],
    [
      ['train', '--data', 'x', '--out', 'y', '--epochs', '2', '--minutes', '1'],
      64,
      'expected --epochs or --minutes, got both',
    ],
    [
      ['shapes', '--out', 's', '--size', '96x64', '--smallest', '40', '--largest', '0.5'],
      64,
      'expected --smallest at most 32 pixels',
    ],
    [['shapes', '--out', 's', '--fewest', '4', '--most', '3'], 64, 'not above --most, got [4, 3]'],
  ])('refuses %j with exit code %i', async (args, code, message) => {
    const outcome = await command(args)
    expect(outcome.code).toBe(code)
    expect(outcome.stderr).toContain(message)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
    expect(outcome.stdout).toBe('')
  })

  it('ends with the exit code of the table when data, model or output is wrong', async () => {
    const broken = join(folder, 'broken')
    await cp(set, broken, { recursive: true })
    const [first] = (await readFile(join(set, 'ImageSets', 'Main', 'trainval.txt'), 'utf8')).split(
      '\n',
    )
    await writeFile(join(broken, 'Annotations', `${first}.xml`), '<annotation><object>')
    const cut = join(folder, 'cut.safetensors')
    await cp(join(run, 'best.safetensors'), cut)
    await truncate(cut, 1000)
    const cases = [
      [['train', '--data', broken, '--out', 'z', '--strict'], 'E_XML', `${first}.xml`],
      [['train', '--data', set, '--out', run], 'E_OUTPUT_EXISTS', run],
      [['eval', '--model', cut, '--data', set], 'E_MODEL_FILE', 'cut.safetensors'],
      [['eval', '--model', run, '--data', set, '--split', 'tset'], 'E_SPLIT_MISSING', 'tset'],
      [['detect', '--model', run, 'gone.jpg'], 'E_IMAGE_MISSING', 'gone.jpg'],
    ] as const
    for (const [args, code, named] of cases) {
      const outcome = await command(args)
      expect(outcome).toMatchObject({ code: ERRORS[code].exit, stdout: '' })
      expect(outcome.stderr).toContain(`error ${code}: `)
      expect(outcome.stderr).toContain(named)
    }
  })

  it('writes an error as one JSON object with --json', async () => {
    const asked = ['eval', '--model', 'nothing', '--data', 'x', '--json']
    const { code, stdout } = await singleshot(asked)
    expect(code).toBe(66)
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'E_MODEL_MISSING',
      message: expect.stringContaining('nothing'),
    })
  })

  it('goes on after a bad picture among good ones, and its exit code remembers', async () => {
    await mkdir(join(folder, 'mixed'))
    await writeFile(join(folder, 'mixed', 'a.jpg'), 'no picture')
    const good = join(set, 'JPEGImages', (await readdir(join(set, 'JPEGImages')))[0]!)
    const { code, stdout, stderr } = await singleshot([
      'detect',
      '--model',
      run,
      join(folder, 'mixed'),
      good,
      '--json',
    ])
    expect(code).toBe(65)
    expect(stderr).toContain('a.jpg')
    expect(
      lines(stdout).map((line) => JSON.parse(line).image ?? JSON.parse(line).error.code),
    ).toEqual(['E_IMAGE_UNREADABLE', good])
  })

  it('stops without a word when the reader of its output goes away', async () => {
    const pictures = join(set, 'JPEGImages')
    const { code, stdout, stderr } = await singleshot(
      ['detect', '--model', run, pictures, '--score', '0', '--json'],
      { closeStdoutAt: /./ },
    )
    expect(code).toBe(0)
    expect(lines(stdout).length).toBeLessThan(12)
    expect(stderr).not.toMatch(/EPIPE|error/)
  })
})
