import { existsSync } from 'node:fs'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../src/error/codes.ts'
import { readTrace } from '../../src/explain/read-trace.ts'
import { train } from '../../src/index.ts'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { commandIn, lines, singleshotIn } from './run-command.ts'
import { annotationXml, quickly, relabel, SIZE, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
const set = await writeSmallSet(join(folder, 'set'))
const run = join(folder, 'run')
await train(quickly(set, run, { epochs: 1 }))
const { examples, classes } = await readVocDataset(set, { split: 'trainval' })
const [example] = examples as [(typeof examples)[number]]
const { id } = example
/** Relative, as the command runs in the folder. */
const imagePath = relative(folder, example.imagePath)
const OBJECTS: Parameters<typeof annotationXml>[1] = [
  ['circle', 8, 8, 40, 40],
  ['ring', 50, 10, 90, 60],
]
await relabel(set, id, annotationXml(`${id}.png`, OBJECTS))

/** A copy without an annotation beside it. */
const lonely = 'lonely.png'
await copyFile(example.imagePath, join(folder, lonely))

const WHY = ['why', '--model', run, '--threads', '1']
const why = (...args: string[]) => command([...WHY, ...args])

describe('singleshot why', () => {
  it('explains each missed object of the ground truth that lies with the picture', async () => {
    const { code, stdout, stderr } = await singleshot([...WHY, imagePath, '--score', '0.9'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Object 1 \(circle\) at 8,8,40,40: missed, [a-z-]+\n {2}[A-Z]/m)
    expect(stdout).toMatch(/^Object 2 \(ring\) at 50,10,90,60: missed/m)
    expect(stderr).toMatch(/2 objects in .*Annotations.*\.xml, 2 missed; 0 detections/)
  })

  it('explains one object, as JSON and with its trace, which reads back', async () => {
    const file = join(folder, 'deep', 'trace.json')
    const { code, stdout } = await why(imagePath, '--object', '2', '--json', '--trace', file)
    expect(code).toBe(0)
    expect(lines(stdout)).toHaveLength(1)
    const finding = JSON.parse(stdout)
    expect(finding).toMatchObject({
      image: imagePath,
      about: 'object',
      object: 1,
      className: 'ring',
      box: [50, 10, 90, 60],
      stage: expect.any(String),
    })
    const trace = readTrace(JSON.parse(await readFile(file, 'utf8')), file)
    expect(trace.objects.map(({ className }) => className)).toEqual(['circle', 'ring'])
    expect(trace.picture).toEqual(SIZE)
    expect(trace.anchors[finding.anchor]).toBeDefined()
  })

  it('explains a drawn box without ground truth, and each detection when nothing is asked', async () => {
    const box = await why(lonely, '--box', '10,10,40,50', '--class', 'ring')
    expect(box.code).toBe(0)
    expect(box.stdout).toMatch(/^Box at 10,10,40,50: missed/)
    const all = await why(lonely, '--score', '0.02', '--json')
    const findings = lines(all.stdout).map((line) => JSON.parse(line))
    expect(findings.every(({ kind }) => kind === 'unknown')).toBe(true)
    expect(all.stderr).toContain('No labels were found')
  })

  it('reads the ground truth that it is given', async () => {
    const truth = join(folder, 'mine.xml')
    await writeFile(truth, annotationXml('lonely.png', [['ring', 5, 5, 60, 50]]))
    const { stdout } = await why(lonely, '--truth', truth, '--object', '1')
    expect(stdout).toMatch(/^Object 1 \(ring\) at 5,5,60,50: /)
  })

  it('has help that names every option', async () => {
    const { code, stdout } = await command(['why', '--help'])
    expect(code).toBe(0)
    for (const option of 'model object box class truth score trace json'.split(' '))
      expect(stdout).toContain(`--${option}`)
  })
})

const broken = 'broken.png'
await writeFile(join(folder, broken), 'no picture')
const strange = 'strange.xml'
await writeFile(join(folder, strange), annotationXml('lonely.png', [['zebra', 5, 5, 60, 50]]))

describe('singleshot why refuses with a sentence that says what to do', () => {
  it.each([
    [[], 'E_USAGE', 'expected one picture'],
    [[lonely, lonely], 'E_USAGE', 'expected one picture'],
    [[imagePath, '--object', '3'], 'E_USAGE', 'expected --object to be from 1 to 2, got 3'],
    [[imagePath, '--object', '0'], 'E_USAGE', 'a whole number of at least 1'],
    [[lonely, '--object', '1'], 'E_USAGE', 'or --truth FILE.xml; without it ask with --box'],
    [[imagePath, '--object', '1', '--box', '1,2,3,4'], 'E_USAGE', 'got both'],
    [[imagePath, '--class', 'ring'], 'E_USAGE', 'expected --class with --box only'],
    [[lonely, '--box', '1,2,3'], 'E_USAGE', 'four numbers, left,top,right,bottom'],
    [[lonely, '--box', '1,2,x,4'], 'E_USAGE', 'four numbers, left,top,right,bottom'],
    [[lonely, '--box', '40,2,30,9'], 'E_USAGE', '--box: expected x1 < x2 and y1 < y2'],
    [[lonely, '--box', '4,2,300,9'], 'E_USAGE', 'inside the picture, which is 96 x 64 pixels'],
    [
      [lonely, '--box', '4,2,30,9', '--class', 'rign'],
      'E_USAGE',
      `one of ${classes.join(', ')}, got rign; did you mean ring?`,
    ],
    [[broken], 'E_IMAGE_UNREADABLE', 'broken.png'],
    [['gone.png'], 'E_IMAGE_MISSING', 'gone.png'],
    [[lonely, '--truth', 'gone.xml'], 'E_FILE_MISSING', 'gone.xml'],
    [[lonely, '--truth', lonely], 'E_XML', 'lonely.png'],
    [[lonely, '--truth', strange], 'E_CLASS_UNKNOWN', 'zebra'],
  ] as const)('why %j: %s, %s', async (args, code, message) => {
    const outcome = await why(...args)
    expect(outcome.stderr).toContain(`error ${code}: `)
    expect(outcome.stderr).toContain(message)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
    expect(outcome).toMatchObject({ code: ERRORS[code].exit, stdout: '' })
  })

  it('a trace that cannot be written leaves nothing half written', async () => {
    const inside = join(lonely, 'trace.json')
    const outcome = await why(lonely, '--trace', inside)
    expect(outcome.code).toBe(ERRORS.E_WRITE.exit)
    expect(outcome.stderr).toContain('error E_WRITE')
    expect(existsSync(join(folder, inside))).toBe(false)
  })
})
