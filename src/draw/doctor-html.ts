/** @file What the data doctor found, as one self-contained page: numbers, a mosaic of labelled pictures, findings. */
import { type DataFinding, FINDING_KINDS, type FindingCode } from '../doctor/data-finding.ts'
import { type Bin, type DataStatistics, PLACES } from '../doctor/statistics.ts'
import { countOf } from '../error/count-of.ts'
import { figureHtml, pageHtml } from './page.ts'
import type { ReportPicture } from './report-html.ts'
import { escapeSvg } from './svg-text.ts'

/** What the page shows. */
export interface DoctorPage {
  readonly title: string
  readonly introduction: readonly string[]
  readonly statistics: DataStatistics
  readonly findings: readonly DataFinding[]
  /** Pictures with their labels drawn. */
  readonly mosaic: readonly ReportPicture[]
  /** Pictures that findings are about, by file. */
  readonly shown: ReadonlyMap<string, ReportPicture>
}

/** The page's HTML; every text is escaped. */
export function doctorHtml(page: DoctorPage): string {
  const { title, introduction, statistics, findings, mosaic } = page
  const kinds = Object.keys(FINDING_KINDS) as FindingCode[]
  const sections = kinds.map((code) => {
    return kindSection(
      code,
      findings.filter((finding) => finding.code === code),
      page,
    )
  })
  return pageHtml(
    title,
    `${introduction.map((sentence) => `<p>${escapeSvg(sentence)}</p>`).join('\n')}
<h2>What was found</h2>
${findings.length === 0 ? '<p>Nothing.</p>' : sections.join('\n')}
<h2>In numbers</h2>
<div class="tables">
${table('Class', statistics.classes)}
${table('Size (of the picture’s)', statistics.sizes)}
${table('Width by height', statistics.ratios)}
${table('Objects in a picture', statistics.perPicture)}
<div><h3>Where objects lie</h3>${placesGrid(statistics)}</div>
</div>
<h2>Labelled pictures</h2>
<div class="pictures">
${mosaic.map((picture) => figureHtml(picture, 'Labels of')).join('\n')}
</div>`,
  )
}

/** Findings of a kind that are listed. */
const LISTED = 100

function kindSection(
  code: FindingCode,
  found: readonly DataFinding[],
  { shown }: DoctorPage,
): string {
  if (found.length === 0) return ''
  const { gravity, title, effect, fix } = FINDING_KINDS[code]
  const rows = found
    .slice(0, LISTED)
    .map(
      ({ file = '', object = '', found: what }) =>
        `<tr><td>${escapeSvg(file)}</td><td>${escapeSvg(object)}</td><td>${escapeSvg(what)}</td></tr>`,
    )
  const more = found.length > LISTED ? `<p>… and ${found.length - LISTED} more.</p>` : ''
  const files = new Set(found.flatMap(({ file }) => (file === undefined ? [] : [file])))
  const pictures = [...files].flatMap((file) => shown.get(file) ?? [])
  const figures = pictures.map((picture) => figureHtml(picture, 'Labels of')).join('\n')
  return `<h3>${escapeSvg(gravity)}: ${escapeSvg(title)} <small>${code}, ${countOf(found.length, 'finding')}</small></h3>
<p>${escapeSvg(effect)} ${escapeSvg(fix)}</p>
<table><thead><tr><th>File</th><th>Object</th><th>What is there</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${more}<div class="pictures">${figures}</div>`
}

function table(title: string, bins: readonly Bin[]): string {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const rows = bins.map(({ name, count }) => {
    const share = ((100 * count) / most).toFixed(1)
    return `<tr><td>${escapeSvg(name)}</td><td>${count}</td><td class="bar"><span style="width:${share}%"></span></td></tr>`
  })
  return `<table><thead><tr><th>${escapeSvg(title)}</th><th>Number</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function placesGrid({ places }: DataStatistics): string {
  const most = Math.max(1e-9, ...places)
  const cells = places.map((share) => {
    const strength = (share / most).toFixed(2)
    return `<span style="background:rgb(59 130 246 / ${strength})" title="${(100 * share).toFixed(1)} %"></span>`
  })
  return `<div class="places" style="grid-template-columns:repeat(${PLACES},1fr)">${cells.join('')}</div>`
}
