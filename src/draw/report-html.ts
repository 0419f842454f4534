/**
 * @file A report as one self-contained page: pictures, curves and scores inside the file, nothing fetched,
 * no script. It can be mailed, and opened years later.
 */
import type { EvaluationReport } from '../evaluate/report.ts'
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

const STYLE = `
:root { color-scheme: light dark; --edge: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 0; } figcaption { font-size: .85rem; opacity: .75; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 1rem; }
.pictures img { width: 100%; border-radius: 6px; display: block; }
.curves { overflow-x: auto; background: #fff; border-radius: 6px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--edge); text-align: right; }
th:first-child, td:first-child { text-align: left; }
td small { opacity: .7; }`

/** The page's HTML; every text is escaped. */
export function reportHtml({ title, introduction, report, pictures, curves }: ReportPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeSvg(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeSvg(title)}</h1>
${introduction.map((sentence) => `<p>${escapeSvg(sentence)}</p>`).join('\n')}
<h2>How good is it?</h2>
${measuresTable(report)}
${classesTable(report)}
<h2>What it found</h2>
<p>Whole lines are what the detector says; broken white lines are the labels; red ones were missed.</p>
<div class="pictures">
${pictures.map(figure).join('\n')}
</div>
<h2>How it learned</h2>
<div class="curves">${curves}</div>
</body>
</html>
`
}

function figure({ title, jpegBase64 }: ReportPicture): string {
  const name = escapeSvg(title)
  return `<figure><img alt="Detections in ${name}" src="data:image/jpeg;base64,${jpegBase64}"><figcaption>${name}</figcaption></figure>`
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
