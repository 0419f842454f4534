/**
 * @file A report as one self-contained page: pictures, curves and scores inside the file, nothing fetched,
 * no script. It can be mailed, and opened years later.
 */
import type { EvaluationReport } from '../evaluate/report.ts'
import { figureHtml, pageHtml } from './page.ts'
import { escapeSvg } from './svg-text.ts'

/** One picture of the page. */
export interface ReportPicture {
  readonly title: string
  /** Bytes of a JPEG as base64. */
  readonly jpegBase64: string
}

/** What the page shows. */
export interface ReportPage {
  readonly title: string
  /** Plain sentences under the title. */
  readonly introduction: readonly string[]
  readonly report: EvaluationReport
  readonly pictures: readonly ReportPicture[]
  /** An SVG document made by this project, put in as it is. */
  readonly curves: string
}

/** The page's HTML; every text is escaped. */
export function reportHtml({ title, introduction, report, pictures, curves }: ReportPage): string {
  const body = `${introduction.map((sentence) => `<p>${escapeSvg(sentence)}</p>`).join('\n')}
<h2>How good is it?</h2>
${measuresTable(report)}
${classesTable(report)}
<h2>What it found</h2>
<p>Whole lines are what the detector says; broken white lines are the labels; red ones were missed.</p>
<div class="pictures">
${pictures.map((picture) => figureHtml(picture, 'Detections in')).join('\n')}
</div>
<h2>How it learned</h2>
<div class="curves">${curves}</div>`
  return pageHtml(title, body)
}

function measuresTable({ measures, images, objects }: EvaluationReport): string {
  const rows = measures.map(
    ({ name, protocol, value }) =>
      `<tr><td>${escapeSvg(name)} <small>${escapeSvg(protocol)}</small></td><td>${percent(value)}</td></tr>`,
  )
  return `<p>On ${images} pictures with ${objects} objects that it never saw in training:</p>
<table><thead><tr><th>Measure</th><th>%</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function classesTable({ classes }: EvaluationReport): string {
  const rows = classes.map(
    (row) =>
      `<tr><td>${escapeSvg(row.className)}</td><td>${percent(row.averagePrecision)}</td><td>${row.objects}</td></tr>`,
  )
  return `<h3>Class by class</h3>
<table><thead><tr><th>Class</th><th>AP %</th><th>Objects</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function percent(value: number | null): string {
  return value === null ? '–' : (100 * value).toFixed(1)
}
