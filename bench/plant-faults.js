/**
 * @file Labelled pictures with faults planted in their labels, to measure what finds them: of the objects 5 % missing, 5 %
 * shifted (IoU .5 to .7 with the right box), 5 % of a wrong class, and 2 % invented.
 *
 *     node bench/plant-faults.js --data DIR --split NAME --out DIR [--seed N]
 *
 * Writes a VOC folder and the list `planted.json`.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { boxIou } from '../dist/box/iou.js'
import { vocFormat } from '../dist/label/formats/voc.js'
import { openFolder } from '../dist/node/data/file-tree.js'
import { readLabelledDataset } from '../dist/node/data/read-labels.js'
import { chooseFormat } from '../dist/node/data/recognise.js'
import { labelSetOf, writeLabels } from '../dist/node/data/write-labels.js'
import { createRandom } from '../dist/random/random.js'

const SHARES = { missing: 0.05, shifted: 0.05, class: 0.05, spurious: 0.02 }
const SHIFTED_IOU = { min: 0.5, max: 0.7 }
const MOST_TRIES = 10_000

/** @typedef {import('../dist/label/labels.js').LabelledObject} LabelledObject */
/** @typedef {import('../dist/box/box.js').Box} Box */

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    split: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const { data = '', split = 'train', out = '' } = values
const random = createRandom(Number(values.seed))
const tree = await openFolder(data)
const chosen = await chooseFormat(tree, data, undefined)
if (chosen === undefined) throw new Error(`${data} holds no labels`)
const source = await readLabelledDataset(tree, data, chosen, { split })
const set = labelSetOf(source)
/** @type {object[]} */
const planted = []

const pictures = set.pictures.map((picture) => ({
  ...picture,
  split,
  objects: picture.objects.map((object) => ({ ...object })),
}))
const ordered = pictures.flatMap((picture) =>
  picture.objects.map((object) => ({ picture, object })),
)
const places = random.permutation(ordered.length).flatMap((i) => ordered[i] ?? [])
/** @param {number} share */
const take = (share) => places.splice(0, Math.round(share * ordered.length))
const inventions = Math.round(SHARES.spurious * ordered.length)

for (const { picture, object } of take(SHARES.missing)) {
  note('missing', picture.id, object)
  picture.objects = picture.objects.filter((other) => other !== object)
}
for (const { picture, object } of take(SHARES.shifted)) {
  const box = shift(object.box, picture.size)
  if (box === undefined) continue
  note('shifted', picture.id, { ...object, box }, { right: object.box })
  object.box = box
}
for (const { picture, object } of take(SHARES.class)) {
  const className = random.pick(set.classes.filter((name) => name !== object.className))
  note('class', picture.id, { ...object, className }, { right: object.className })
  object.className = className
}
for (let i = 0; i < inventions; i++) {
  const { picture, object } = random.pick(places)
  const invented = invent(object.box, picture)
  if (invented === undefined) continue
  note('spurious', picture.id, invented)
  picture.objects.push(invented)
}

const sources = source.dataset.examples.map(({ imagePath }) => imagePath)
await writeLabels({ ...set, pictures }, vocFormat, {
  ...{ out, sources, pictures: 'link', where: 'plant-faults' },
})
await writeFile(join(out, 'planted.json'), JSON.stringify(planted))
console.log(`${pictures.length} pictures, ${ordered.length} objects, ${planted.length} faults`)

/** @param {string} kind @param {string} id @param {LabelledObject} object */
function note(kind, id, { className, box }, more = {}) {
  planted.push({ kind, id, className, box, ...more })
}

/**
 * The box moved and stretched at random until it overlaps itself as wanted.
 * @param {Box} box @param {import('../dist/box/box.js').Size} size
 */
function shift({ x1, y1, x2, y2 }, { width, height }) {
  const [w, h] = [x2 - x1, y2 - y1]
  for (let i = 0; i < MOST_TRIES; i++) {
    const chance = () => random.uniform() - 0.5
    const centre = { x: (x1 + x2) / 2 + chance() * w, y: (y1 + y2) / 2 + chance() * h }
    const half = { x: (w * (1 + chance())) / 2, y: (h * (1 + chance())) / 2 }
    const box = {
      x1: Math.max(0, Math.round(centre.x - half.x)),
      y1: Math.max(0, Math.round(centre.y - half.y)),
      x2: Math.min(width, Math.round(centre.x + half.x)),
      y2: Math.min(height, Math.round(centre.y + half.y)),
    }
    if (box.x2 <= box.x1 || box.y2 <= box.y1) continue
    const iou = boxIou(box, { x1, y1, x2, y2 })
    if (iou >= SHIFTED_IOU.min && iou <= SHIFTED_IOU.max) return box
  }
  return undefined
}

/**
 * A box of the same size where none is.
 * @param {Box} box @param {{ size: import('../dist/box/box.js').Size, objects: LabelledObject[] }} picture
 */
function invent({ x1, y1, x2, y2 }, { size, objects }) {
  const [w, h] = [x2 - x1, y2 - y1]
  for (let i = 0; i < MOST_TRIES; i++) {
    const x = Math.floor(random.uniform() * (size.width - w))
    const y = Math.floor(random.uniform() * (size.height - h))
    const box = { x1: x, y1: y, x2: x + w, y2: y + h }
    if (objects.every((other) => boxIou(box, other.box) < 0.2))
      return { number: objects.length + 1, className: random.pick(set.classes), box }
  }
  return undefined
}
