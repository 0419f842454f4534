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

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    split: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const { data, split, out } = values
const random = createRandom(Number(values.seed))
const tree = await openFolder(data)
const source = await readLabelledDataset(tree, data, await chooseFormat(tree, data), { split })
const set = labelSetOf(source)
const planted = []

const ordered = set.pictures.flatMap(({ objects }, picture) =>
  objects.map((_, object) => ({ picture, object })),
)
const places = random.permutation(ordered.length).map((i) => ordered[i])
const counts = Object.fromEntries(
  Object.entries(SHARES).map(([kind, share]) => [kind, Math.round(share * places.length)]),
)
const objectsOf = set.pictures.map(({ objects }) => objects.map((object) => ({ ...object })))
const take = (kind) => places.splice(0, counts[kind])

for (const { picture, object } of take('missing')) {
  note('missing', picture, objectsOf[picture][object])
  objectsOf[picture][object].gone = true
}
for (const { picture, object } of take('shifted')) {
  const old = objectsOf[picture][object]
  const box = shift(old.box, set.pictures[picture].size)
  if (box === undefined) continue
  note('shifted', picture, { ...old, box }, { right: old.box })
  old.box = box
}
for (const { picture, object } of take('class')) {
  const old = objectsOf[picture][object]
  const className = random.pick(set.classes.filter((name) => name !== old.className))
  note('class', picture, { ...old, className }, { right: old.className })
  old.className = className
}
for (let i = 0; i < counts.spurious; i++) {
  const { picture, object } = random.pick(places)
  const { box } = objectsOf[picture][object]
  const invented = invent(box, picture)
  if (invented === undefined) continue
  note('spurious', picture, invented)
  objectsOf[picture].push(invented)
}

const pictures = set.pictures.map((each, i) => ({
  ...each,
  split: split ?? 'all',
  objects: objectsOf[i].filter(({ gone }) => !gone),
}))
const sources = source.dataset.examples.map(({ imagePath }) => imagePath)
await writeLabels({ ...set, pictures }, vocFormat, {
  ...{ out, sources, pictures: 'link', where: 'plant-faults' },
})
await writeFile(join(out, 'planted.json'), JSON.stringify(planted))
console.log(JSON.stringify({ pictures: pictures.length, counts, classes: set.classes }))

function note(kind, picture, { className, box }, more = {}) {
  planted.push({ kind, id: set.pictures[picture].id, className, box, ...more })
}

/** The box moved and stretched at random until it overlaps itself as wanted. */
function shift({ x1, y1, x2, y2 }, { width, height }) {
  const [w, h] = [x2 - x1, y2 - y1]
  for (let i = 0; i < MOST_TRIES; i++) {
    const [dx, dy, sx, sy] = Array.from({ length: 4 }, () => random.uniform() - 0.5)
    const centre = { x: (x1 + x2) / 2 + dx * w, y: (y1 + y2) / 2 + dy * h }
    const half = { x: (w * (1 + sx)) / 2, y: (h * (1 + sy)) / 2 }
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

/** A box of the same size where none is. */
function invent({ x1, y1, x2, y2 }, picture) {
  const { width, height } = set.pictures[picture].size
  const [w, h] = [x2 - x1, y2 - y1]
  const others = set.pictures[picture].objects.map(({ box }) => box)
  for (let i = 0; i < MOST_TRIES; i++) {
    const x = Math.floor(random.uniform() * (width - w))
    const y = Math.floor(random.uniform() * (height - h))
    const box = { x1: x, y1: y, x2: x + w, y2: y + h }
    if (others.every((other) => boxIou(box, other) < 0.2))
      return { number: others.length + 1, className: random.pick(set.classes), box }
  }
  return undefined
}
