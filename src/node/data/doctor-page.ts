/** @file The doctor's page: its findings with the pictures that they are about, numbers, and a mosaic of labelled pictures. */
import { relative } from 'node:path'
import { scaleBox } from '../../box/scale.ts'
import type { Dataset, Example } from '../../dataset/dataset.ts'
import type { DataFinding } from '../../doctor/data-finding.ts'
import { statisticsOf } from '../../doctor/statistics.ts'
import { groundTruthSvg } from '../../draw/detections-svg.ts'
import { doctorHtml } from '../../draw/doctor-html.ts'
import type { ReportPicture } from '../../draw/report-html.ts'
import { countOf } from '../../error/count-of.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { resizeImage } from '../../image/resize.ts'
import { formatOf } from '../../label/formats.ts'
import { withoutExtension } from '../../label/paths.ts'
import { refuseExisting, writeNewFile } from '../files/new-file.ts'
import { readImage } from '../picture/read-image.ts'
import { drawOver, encodeJpeg } from '../picture/write-image.ts'
import type { DoctorReport, DoctorRequest } from './doctor.ts'
import { openFolder } from './file-tree.ts'
import { readLabelledDataset } from './read-labels.ts'

/** What to show. */
export interface DoctorPageRequest extends Pick<DoctorRequest, 'data' | 'signal'> {
  readonly report: DoctorReport
  /** The HTML file to make. */
  readonly out: string
}

/** Pictures of the mosaic. */
const MOSAIC = 24
/** Pictures shown for one kind of finding. */
const SHOWN_OF_A_KIND = 6
/** Pixels of the longer side of a picture on the page. */
const SHOWN_SIDE = 420

/** Writes the page. @throws SingleshotError as opening the data; E_OUTPUT_EXISTS, E_WRITE; the signal's reason */
export async function writeDoctorPage(request: DoctorPageRequest): Promise<void> {
  const { data, report, out, signal } = request
  await refuseExisting('doctor', out)
  const tree = await openFolder(data)
  const format = formatOf(report.format)
  const { dataset } = await readLabelledDataset(tree, data, { format }, { signal })
  const { examples, classes } = dataset
  const nth = Math.max(1, Math.ceil(examples.length / MOSAIC))
  const mosaic: ReportPicture[] = []
  for (const example of examples.filter((_, i) => i % nth === 0))
    mosaic.push(...(await shownPicture(example, request, classes)))
  const html = doctorHtml({
    title: `${dataset.name}: ${countOf(report.findings.length, 'finding')}`,
    introduction: [
      `${countOf(report.pictures, 'picture')}, ${countOf(report.objects, 'object')} of ${countOf(classes.length, 'class', 'classes')}; labels: ${format.title}.`,
    ],
    statistics: statisticsOf(dataset),
    findings: report.findings,
    mosaic,
    shown: await shownPictures(dataset, request),
  })
  await writeNewFile(out, html, { where: 'doctor', signal })
}

/** Of each kind of finding some pictures, by the file that the finding names: the picture, or its labels. */
async function shownPictures(
  { examples, classes }: Dataset,
  request: DoctorPageRequest,
): Promise<Map<string, ReportPicture>> {
  const byName = new Map(
    examples.flatMap((example) => {
      const file = relative(request.data, example.imagePath)
      return [[file, example] as const, [stemOf(file), example] as const]
    }),
  )
  const shown = new Map<string, ReportPicture>()
  for (const file of filesToShow(request.report.findings)) {
    const example = byName.get(file) ?? byName.get(stemOf(file))
    if (example === undefined) continue
    const [picture] = await shownPicture(example, request, classes)
    if (picture !== undefined) shown.set(file, picture)
  }
  return shown
}

const stemOf = (file: string) => withoutExtension(file).replace(/^.*\//, '')

function filesToShow(findings: readonly DataFinding[]): Set<string> {
  const counts = new Map<string, number>()
  const files = findings.filter(({ code, file }) => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    return file !== undefined && count <= SHOWN_OF_A_KIND
  })
  return new Set(files.map(({ file }) => file!))
}

/** A picture with its labels drawn; none if it cannot be read. */
async function shownPicture(
  { imagePath, size, objects }: Example,
  { data, signal }: DoctorPageRequest,
  classes: readonly string[],
): Promise<ReportPicture[]> {
  const image = await readImage(imagePath, { signal }).catch((error) => {
    if (error instanceof SingleshotError) return undefined
    throw error
  })
  if (image === undefined) return []
  const shrunk = Math.min(1, SHOWN_SIDE / Math.max(size.width, size.height))
  const small = {
    width: Math.max(1, Math.round(size.width * shrunk)),
    height: Math.max(1, Math.round(size.height * shrunk)),
  }
  const scaled = objects.map((object) => ({ ...object, box: scaleBox(object.box, size, small) }))
  const drawn = await drawOver(resizeImage(image, small), groundTruthSvg(small, scaled, classes))
  const jpegBase64 = Buffer.from(await encodeJpeg(drawn)).toString('base64')
  return [{ title: relative(data, imagePath), jpegBase64 }]
}
