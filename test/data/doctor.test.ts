/** @file The doctor on a set with one case of every finding, made here: all are found, and none is invented. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FINDING_KINDS } from '../../src/doctor/data-finding.ts'
import { type DoctorReport, examineData } from '../../src/node/data/doctor.ts'
import { mendData } from '../../src/node/data/mend-data.ts'
import { sharp } from '../../src/node/picture/sharp.ts'
import { createRandom } from '../../src/random/random.ts'

const WIDTH = 160
const HEIGHT = 120

let folder = ''
let report: DoctorReport

/** A picture that no other is like: squares of chance. */
function pixels(seed: number, width = WIDTH, height = HEIGHT, cell = 20) {
  const random = createRandom(77, seed)
  const columns = Math.ceil(width / cell)
  const colours = Array.from({ length: columns * Math.ceil(height / cell) * 3 }, () =>
    random.integer(256),
  )
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        data[(y * width + x) * 3 + c] =
          colours[(Math.floor(y / cell) * columns + Math.floor(x / cell)) * 3 + c]!
  return sharp(data, { raw: { width, height, channels: 3 } })
}

const flat = (value: number, noise: number) => {
  const random = createRandom(5, value)
  const data = Uint8Array.from(
    { length: WIDTH * HEIGHT * 3 },
    () => value + random.integer(noise + 1),
  )
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
}

type Mark = readonly [name: string, x1: number, y1: number, x2: number, y2: number]

const xml = (marks: readonly Mark[], width = WIDTH, height = HEIGHT) =>
  `<annotation><size><width>${width}</width><height>${height}</height></size>${marks
    .map(
      ([name, x1, y1, x2, y2]) =>
        `<object><name>${name}</name><bndbox><xmin>${x1}</xmin><ymin>${y1}</ymin><xmax>${x2}</xmax><ymax>${y2}</ymax></bndbox></object>`,
    )
    .join('')}</annotation>`

async function put(path: string, content: string | Uint8Array) {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}

/** A cat somewhere, of the usual size, or nearly. */
function usualCat(seed: number): Mark {
  const random = createRandom(3, seed)
  const [x, y] = [random.integer(90), random.integer(60)]
  return ['cat', x, y, x + 40 + random.integer(5), y + 30 + random.integer(4)]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-doctor-'))
  // Forty good pictures: most of them to train on, some to judge with.
  for (let i = 0; i < 40; i++) {
    const split = i < 30 ? 'train' : 'test'
    await put(`${split}/good${i}.png`, await pixels(i).png().toBuffer())
    await put(`${split}/good${i}.xml`, xml([usualCat(i), ['dog', 5, 5, 30, 25]]))
  }
  let seed = 100
  const bad = async (
    name: string,
    marks: readonly Mark[],
    bytes?: Uint8Array,
    extension = '.png',
  ) => {
    await put(`train/${name}${extension}`, bytes ?? (await pixels(seed++).png().toBuffer()))
    await put(`train/${name}.xml`, xml(marks))
  }
  const one = usualCat(1)
  await bad('box-empty', [one, ['cat', 50, 50, 50, 80]])
  await bad('box-inverted', [['cat', 80, 20, 40, 60]])
  await bad('box-outside', [['cat', 100, 80, 200, 110]])
  await put(
    'train/box-format.xml',
    xml([]).replace('</annotation>', '<object><name>cat</name></object></annotation>'),
  )
  await put('train/box-format.png', await pixels(seed++).png().toBuffer())
  await bad('box-twice', [one, one])
  await bad('box-alike', [
    ['cat', 20, 20, 64, 52],
    ['cat', 20, 20, 65, 53],
  ])
  await bad('box-tiny', [one, ['horse', 60, 60, 60.9, 80]])
  await bad('box-unusual', [['cat', 1, 1, 5, 4]])
  await bad('labels-empty', [])
  await put('train/labels-unreadable.xml', '<annotation><object>')
  await put('train/labels-unreadable.png', await pixels(seed++).png().toBuffer())
  await put('train/labels-missing.png', await pixels(seed++).png().toBuffer())
  await put('train/picture-missing.xml', xml([one]))
  await put('train/picture-size.xml', xml([one], 640, 480))
  await put('train/picture-size.png', await pixels(seed++).png().toBuffer())
  const whole = await pixels(seed++).jpeg().toBuffer()
  await bad('picture-unreadable', [one], whole.subarray(0, whole.length / 2), '.jpg')
  await bad('picture-misnamed', [one], await pixels(seed++).png().toBuffer(), '.jpg')
  await bad(
    'picture-turned',
    [one],
    await pixels(seed++).jpeg().withMetadata({ orientation: 3 }).toBuffer(),
    '.jpg',
  )
  await bad('picture-colours', [one], await pixels(seed++).toColourspace('rgb16').png().toBuffer())
  const frames = await Promise.all([1, 2].map(() => pixels(seed++).png().toBuffer()))
  await bad(
    'picture-animated',
    [one],
    await sharp(frames as unknown as Buffer, { join: { animated: true } })
      .gif()
      .toBuffer(),
    '.gif',
  )
  await bad('picture-dark', [one], await pixels(seed++).linear(0.08, 0).png().toBuffer())
  await bad('picture-light', [one], await pixels(seed++).linear(0.07, 236).png().toBuffer())
  await bad('picture-flat', [one], await flat(120, 1).png().toBuffer())
  await bad('picture-blurred', [one], await pixels(seed++).blur(12).png().toBuffer())
  await put('train/picture-ratio.png', await pixels(seed++, 500, 100).png().toBuffer())
  await put('train/picture-ratio.xml', xml([one], 500, 100))
  const twice = await pixels(seed++).png().toBuffer()
  await bad('picture-twice-a', [one], twice)
  await bad('picture-twice-b', [one], twice)
  // The same at another size and as JPEG; its boxes lie at the same places.
  const alike = pixels(seed++, 320, 240, 40)
  await put('train/picture-alike-a.png', await alike.clone().png().toBuffer())
  await put('train/picture-alike-a.xml', xml([['cat', 100, 60, 190, 124]], 320, 240))
  await put('train/picture-alike-b.jpg', await alike.clone().resize(160, 120).jpeg().toBuffer())
  await put('train/picture-alike-b.xml', xml([['cat', 50, 30, 95, 62]]))
  const leak = await pixels(seed++).png().toBuffer()
  await bad('picture-leaks', [one], leak)
  await put('test/picture-leaks.png', leak)
  await put('test/picture-leaks.xml', xml([usualCat(9)]))
  for (let i = 0; i < 12; i++) await bad(`class-split-${i}`, [['horse', 30, 20, 90 + i, 100]])
  await bad('class-alike', [['Cat', 20, 20, 64, 52]])
  report = await examineData({ data: folder, input: { width: WIDTH, height: HEIGHT } })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What was found, as `code file`, with the folders left out. */
const found = () =>
  report.findings
    .map(({ code, file }) => `${code} ${file?.replace(/^.*\//, '').replace(/\.\w+$/, '') ?? 'set'}`)
    .toSorted()

describe('the doctor', () => {
  it('finds one of every kind but those that this format cannot have', () => {
    const codes = new Set(report.findings.map(({ code }) => code))
    const missed = Object.keys(FINDING_KINDS).filter((code) => !codes.has(code as never))
    // VOC lists no classes, so that none can be without an object.
    expect(missed).toEqual(['class-unused'])
  })

  it('invents none: each file is named for what was done to it', () => {
    const expected = Object.keys(FINDING_KINDS)
      .filter((code) => !/^(class|labels-differ|picture-(twice|alike|leaks))/.test(code))
      .map((code) => `${code} ${code}`)
    expect(found()).toEqual(
      [
        ...expected,
        'picture-twice picture-twice-b',
        'picture-alike picture-alike-b',
        // The second of a pair is named: files of `train` come after those of `test`.
        ...['picture-twice', 'picture-leaks', 'labels-differ'].map(
          (code) => `${code} picture-leaks`,
        ),
        ...['class-alike set', 'class-rare set', 'class-split set'],
      ].toSorted(),
    )
  })

  it('says of each what is there', () => {
    const say = (code: string) =>
      report.findings
        .filter((one) => one.code === code)
        .map(({ object, found: what }) => [object, what])
    expect(say('picture-misnamed')).toEqual([[undefined, 'PNG named .jpg']])
    expect(say('picture-colours')).toEqual([[undefined, '16 bits']])
    expect(say('class-alike')).toEqual([[undefined, '"Cat", "cat"']])
    expect(say('class-split')).toEqual([[undefined, 'horse: only in train']])
    expect(say('box-twice')[0]![1]).toContain('the box of object 1 again')
  })

  it('mends a copy: what is certainly wrong is gone, each change is listed, the original is as it was', async () => {
    const out = join(folder, '..', `mended-${process.pid}`)
    const { changes, pictures } = await mendData({ data: folder, report, out })
    expect(changes.map(({ code }) => code).toSorted()).toEqual(
      [
        ...[
          'box-empty',
          'box-format',
          'box-inverted',
          'box-outside',
          'box-twice',
          'labels-unreadable',
        ],
        ...[
          'labels-differ',
          'picture-leaks',
          'picture-missing',
          'picture-size',
          'picture-twice',
          'picture-twice',
        ],
      ].toSorted(),
    )
    const after = await examineData({ data: out, input: { width: WIDTH, height: HEIGHT } })
    const wrong = after.findings.filter(({ code }) => FINDING_KINDS[code].gravity === 'wrong')
    // A picture that is cut short, and class names, need a person.
    expect(wrong.map(({ code }) => code).toSorted()).toEqual(['class-alike', 'picture-unreadable'])
    expect(after.pictures).toBe(pictures)
    const again = await examineData({ data: folder, input: { width: WIDTH, height: HEIGHT } })
    expect(again.findings).toEqual(report.findings)
    await rm(out, { recursive: true, force: true })
  })
})
