/**
 * @file The pictures of docs/ssd-in-plain-english.md, and the numbers in it, from the explorer's own scene and network.
 *
 *     npm run build && node docs/essay/draw.js
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { generateScene, LESSON_SCENES, readModel, SHOWN_SCORE } from '../../dist/core.js'
import { traceImage } from '../../dist/explain/trace-image.js'
import { compileForTrace } from '../../dist/explain/tracer.js'
import { createEngine } from '../../dist/index.js'

const FIRST_SCENE = 191
const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const model = here('../../site/public/data/model.safetensors')

const { image, objects } = generateScene(1, FIRST_SCENE, LESSON_SCENES)
const { config, weights } = readModel(new Uint8Array(readFileSync(model)), 'model.safetensors')
const engine = createEngine()
const trace = await traceImage(await compileForTrace(engine, config, weights), image, { objects })
await engine.close()

const { scaleX, scaleY } = trace.input
const GREEN = '#1d7a3e'
const BLUE = '#1f5fbf'
const VIOLET = '#8d2fa8'

const inPicture = ([x1, y1, x2, y2]) => [x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY]
const rect = ([x1, y1, x2, y2], colour, { width = 2.5, dash = '', opacity = 1 } = {}) =>
  `<rect x="${x1}" y="${y1}" width="${x2 - x1}" height="${y2 - y1}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}" opacity="${opacity}"/>`
const label = ([x1, y1], text, colour) => {
  const y = Math.max(18, y1)
  return `<rect x="${x1}" y="${y - 18}" width="${9 * text.length + 8}" height="18" fill="${colour}"/><text x="${x1 + 4}" y="${y - 4}" font-family="DejaVu Sans, sans-serif" font-size="14" font-weight="600" fill="#fff">${text}</text>`
}
const labels = trace.objects.map(
  ({ pictureBox, className }) => rect(pictureBox, GREEN) + label(pictureBox, className, GREEN),
)
const responsible = trace.anchors.filter(({ match }) => match.object !== null)
const claims = trace.anchors.flatMap(({ verdicts, predicted }) =>
  verdicts
    .filter(({ score }) => score >= SHOWN_SCORE)
    .map((verdict) => ({ ...verdict, box: inPicture(predicted.box) })),
)

/** The nine anchors of one cell of a feature map. */
function cellOf(level, column, row) {
  const { firstAnchor, gridWidth, shapes } = trace.featureMaps[level]
  const first = firstAnchor + (row * gridWidth + column) * shapes.length
  return trace.anchors.slice(first, first + shapes.length).map(({ box }) => inPicture(box))
}

const STAR = 3
const star = trace.objects[STAR]
const anchor = inPicture(trace.anchors[star.bestAnchor].box)

/** Labels one below the other where they would cover one another. */
function labelsApart(boxes) {
  const taken = []
  return boxes.map(({ box, text }) => {
    const place = [Math.max(0, box[0]), Math.max(18, box[1])]
    const meets = ([x, y]) =>
      taken.some(([tx, ty]) => Math.abs(ty - y) < 18 && Math.abs(tx - x) < 110)
    while (meets(place)) place[1] += 18
    taken.push(place)
    return label(place, text, VIOLET)
  })
}
const kept = claims
  .filter(({ kind }) => kind === 'kept')
  .map(({ box, classId, score }) => ({
    box,
    text: `${config.classes[classId]} ${score.toFixed(2)}`,
  }))

const PICTURES = {
  'labels.jpg': labels,
  'anchors.jpg': [...cellOf(1, 3, 6), ...cellOf(2, 5, 1)].map((box) => rect(box, BLUE)),
  'matching.jpg': [
    ...responsible.map(({ box }) => rect(inPicture(box), BLUE, { width: 1.2, dash: '6 4' })),
    ...labels,
  ],
  'offsets.jpg': [
    rect(star.pictureBox, GREEN),
    label([star.pictureBox[2] - 44, star.pictureBox[3] + 18], 'star', GREEN),
    rect(anchor, BLUE, { dash: '8 5' }),
    label([anchor[0], anchor[3] + 36], 'anchor', BLUE),
  ],
  'claims.jpg': claims.map(({ box }) => rect(box, VIOLET, { width: 1.3, opacity: 0.8 })),
  'detections.jpg': [...kept.map(({ box }) => rect(box, VIOLET)), ...labelsApart(kept)],
}

const { width, height, data } = image
for (const [name, parts] of Object.entries(PICTURES)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`
  const drawn = await sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 86 })
    .toBuffer()
  writeFileSync(here(name), drawn)
}
