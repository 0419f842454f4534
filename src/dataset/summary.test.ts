import { describe, expect, it } from 'vitest'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Dataset, Example, SplitTaken } from './dataset.ts'
import { noImages } from './no-images.ts'
import { requireObjects, summariseData } from './summary.ts'
import { describeData } from './summary-text.ts'

const box = { x1: 1, y1: 2, x2: 3, y2: 4 }
const example = (id: string, width: number, height: number, classIds: number[]): Example => ({
  id,
  imagePath: id,
  size: { width, height },
  objects: classIds.map((classId) => ({ box, classId, difficult: false })),
})

const split = (changes: Partial<SplitTaken> = {}): SplitTaken => ({
  ...{ name: 'train', asked: true, available: ['test', 'train'], drawn: false },
  ...changes,
})

const flat = new SingleshotError('E_BOX_EMPTY', { where: 'f', rule: 'r' })

const pets: Dataset = {
  name: 'pets train',
  classes: ['cat', 'dog', 'owl'],
  examples: [example('a', 64, 48, [0, 0]), example('b', 40, 80, [1]), example('c', 64, 48, [])],
  split: split(),
  problems: [flat, flat, new SingleshotError('E_XML', { where: 'f', rule: 'r' })],
  leftOut: { images: 1, objects: 2 },
  unlabelled: 4,
}

describe('a summary', () => {
  it('counts pictures, objects, classes and problems, and finds the range of each side', () => {
    expect(summariseData(pets)).toEqual({
      name: 'pets train',
      split: split(),
      images: 3,
      emptyImages: 1,
      objects: 3,
      classes: [
        { name: 'cat', objects: 2 },
        { name: 'dog', objects: 1 },
        { name: 'owl', objects: 0 },
      ],
      smallest: { width: 40, height: 48 },
      largest: { width: 64, height: 80 },
      lookalikes: [],
      leftOut: { images: 1, objects: 2 },
      problems: { E_BOX_EMPTY: 2, E_XML: 1 },
      unlabelled: 4,
      notes: [],
      labels: null,
    })
  })

  it('is told in sentences', () => {
    expect(describeData(summariseData(pets))).toEqual([
      'pets train: 3 pictures, 3 objects of 3 classes (cat 2, dog 1, owl 0), 40x48 to 64x80 pixels.',
      'Split: train.',
      '1 picture without objects: background to learn from.',
      '4 pictures without an annotation: not used.',
      'Left out: 1 picture and 2 objects (2 E_BOX_EMPTY, 1 E_XML).',
      'Without any object here: owl.',
    ])
  })

  it('keeps to two sentences where nothing is odd', () => {
    const one: Dataset = {
      ...{ name: 'one', classes: ['cat'], examples: [example('a', 64, 48, [0])] },
      ...{ split: split(), problems: [], leftOut: { images: 0, objects: 0 }, unlabelled: 0 },
    }
    expect(describeData(summariseData(one))).toEqual([
      'one: 1 picture, 1 object of 1 class (cat 1), 64x48 pixels.',
      'Split: train.',
    ])
  })

  it('says which split was taken, and why', () => {
    const said = (changes: Partial<SplitTaken>) =>
      describeData(summariseData({ ...pets, split: split(changes) }))[1]
    expect(said({ asked: false })).toBe('Split: train, the usual one of test, train.')
    expect(said({ drawn: true })).toBe('Split: train, drawn by chance: the data names no splits.')
    expect(said({ name: undefined, asked: false, available: ['cat_train', 'dog_train'] })).toBe(
      'Split: none, everything is taken; there are cat_train, dog_train.',
    )
  })

  it('finds class names that differ only in case or spaces, and shows the spaces', () => {
    const classes = ['Red Deer', 'Red\u00a0Deer', 'red_deer', 'Red Der']
    const { lookalikes } = summariseData({ ...pets, classes })
    expect(lookalikes).toEqual([['Red Deer', 'Red\u00a0Deer', 'red_deer']])
    expect(describeData(summariseData({ ...pets, classes })).at(-1)).toContain(
      '"Red Deer", "Red\\u00a0Deer", "red_deer"',
    )
  })

  it('lists twenty classes and counts the rest', () => {
    const classes = Array.from({ length: 25 }, (_, i) => `c${i}`)
    const [first] = describeData(summariseData({ ...pets, classes }))
    expect(first).toContain('c19 0, 5 more)')
  })
})

describe('data without objects', () => {
  const empty = { ...pets, examples: [example('c', 64, 48, [])] }
  const refusalOf = (dataset: Dataset) => {
    try {
      requireObjects(summariseData(dataset))
    } catch (error) {
      return error as SingleshotError
    }
    return null
  }

  it('is refused, with a remedy for each reason', () => {
    expect(refusalOf(pets)).toBeNull()
    expect(refusalOf(empty)).toMatchObject({
      code: 'E_NO_OBJECTS',
      message:
        'readData: expected at least one object to learn in 1 picture, got none (pets train)',
      remedy: 'All objects were left out: the problems listed before the message say why.',
    })
    const none = { ...empty, leftOut: { images: 0, objects: 0 } }
    expect(refusalOf(none)?.remedy).toContain('choose another split: test.')
    const drawn = { ...none, split: split({ drawn: true }) }
    expect(refusalOf(drawn)?.remedy).not.toContain('choose')
  })
})

describe('data without pictures', () => {
  it('points to problems only where there are some', () => {
    const none = { ...pets, examples: [] }
    expect(noImages(none).message).toContain('got none, but 2 E_BOX_EMPTY, 1 E_XML')
    expect(noImages(none).remedy).toContain('problems listed')
    const remedy = (changes: Partial<SplitTaken>) =>
      noImages({ ...none, problems: [], split: split(changes) }).remedy
    expect(remedy({})).toBe('The split train is empty. Choose another: test.')
    expect(remedy({ name: 'test', drawn: true })).toBe(
      'There are too few pictures for a split test. Choose another: train.',
    )
    expect(remedy({ name: undefined })).toBe('Name a folder with labelled pictures.')
  })
})
