/** @file Suspicious labels as a page of crops: the label as it is, and, broken, what the network would put there. */
import { join } from 'node:path'
import type { Box, Size } from '../../box/box.ts'
import { SUSPICION_KINDS } from '../../doctor/suspicions.ts'
import { type LabelledBox, labelledBoxesSvg, pictureSvg } from '../../draw/labelled-box.ts'
import { figureHtml, pageHtml } from '../../draw/page.ts'
import { classColour } from '../../draw/palette.ts'
import { escapeSvg } from '../../draw/svg-text.ts'
import { countOf } from '../../error/count-of.ts'
import { cropImage } from '../../image/crop.ts'
import { resizeImage } from '../../image/resize.ts'
import { refuseExisting, writeNewFile } from '../files/new-file.ts'
import { readImage } from '../picture/read-image.ts'
import { drawOver, encodeJpeg } from '../picture/write-image.ts'
import type { LabelReport, LabelSuspicion } from './label-doctor.ts'

/** What to show, and where. */
export interface SuspicionsPageRequest {
  readonly report: LabelReport
  /** The HTML file to make. */
  readonly out: string
  readonly signal?: AbortSignal | undefined
}

/** Suspicions that are shown, the surest. */
const SHOWN = 200
/** Pixels of a crop's longer side. */
const CROP_SIDE = 280
/** A crop's sides as multiples of the box's: it is seen among its neighbours. */
const AROUND = 2.2
/** Pixels; a smaller box is shown among more of its neighbours. */
const LEAST_SIDE = 48

/** Writes the page. @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE; E_IMAGE_UNREADABLE; the signal's reason */
export async function writeSuspicionsPage(request: SuspicionsPageRequest): Promise<void> {
  const { report, out, signal } = request
  await refuseExisting('doctor', out)
  const { suspicions, classes, pictures, objects } = report
  const shown = suspicions.slice(0, SHOWN)
  const figures: string[] = []
  for (const one of shown) {
    const jpegBase64 = await cropOf(one, report, signal)
    figures.push(figureHtml({ title: titleOf(one), jpegBase64 }, SUSPICION_KINDS[one.kind]))
  }
  const more = suspicions.length > shown.length ? ` The surest ${shown.length} are shown.` : ''
  const html = pageHtml(
    `${countOf(suspicions.length, 'suspicious label')}`,
    `<p>${escapeSvg(`${countOf(pictures, 'picture')}, ${countOf(objects, 'label')} of ${countOf(classes.length, 'class', 'classes')}.${more}`)}
Whole lines: the label as it is. Broken lines: what the network would put there.</p>
<div class="pictures">
${figures.join('\n')}
</div>`,
  )
  await writeNewFile(out, html, { where: 'doctor', signal })
}

function titleOf({ kind, file, object, className, proposal, confidence }: LabelSuspicion): string {
  const what = className === null ? proposal!.className : className
  const instead = kind === 'class' ? `, perhaps ${proposal!.className}` : ''
  const number = object === null ? '' : `, object ${object}`
  return `${kind} ${confidence.toFixed(2)}: ${what}${instead} · ${file}${number}`
}

async function cropOf(
  one: LabelSuspicion,
  { data, classes }: LabelReport,
  signal: AbortSignal | undefined,
): Promise<string> {
  const picture = await readImage(join(data, one.file), { signal })
  const { image, x, y } = cropImage(picture, surroundings((one.box ?? one.proposal?.box)!))
  const scale = CROP_SIDE / Math.max(image.width, image.height)
  const size: Size = {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  }
  const place = ({ x1, y1, x2, y2 }: Box): Box => ({
    x1: (x1 - x) * scale,
    y1: (y1 - y) * scale,
    x2: (x2 - x) * scale,
    y2: (y2 - y) * scale,
  })
  const drawn = (className: string, box: Box, dashed: boolean): LabelledBox => ({
    box: place(box),
    label: className,
    colour: classColour(classes.indexOf(className)),
    dashed,
  })
  const boxes = [
    ...(one.box === null ? [] : [drawn(one.className!, one.box, false)]),
    ...(one.proposal === null ? [] : [drawn(one.proposal.className, one.proposal.box, true)]),
  ]
  const svg = pictureSvg(size, labelledBoxesSvg(boxes, size))
  const jpeg = await encodeJpeg(await drawOver(resizeImage(image, size), svg))
  return Buffer.from(jpeg).toString('base64')
}

/** A square around the middle of a box. */
function surroundings({ x1, y1, x2, y2 }: Box): Box {
  const half = (AROUND * Math.max(LEAST_SIDE / AROUND, x2 - x1, y2 - y1)) / 2
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  return { x1: x - half, y1: y - half, x2: x + half, y2: y + half }
}
