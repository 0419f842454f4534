/** @file `singleshot doctor`. */
import { type DataFinding, FINDING_KINDS, type FindingCode } from '../doctor/data-finding.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { DoctorReport } from '../node/data/doctor.ts'
import type { MendRequest } from '../node/data/mend-data.ts'
import type { Command, Invocation } from './command.ts'
import type { Options } from './option.ts'
import { FORMAT_OPTION, INPUT_OPTION } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'

const OPTIONS = {
  data: {
    type: 'text',
    value: 'DIR',
    required: true,
    text: 'labelled pictures; nothing is changed',
  },
  format: FORMAT_OPTION,
  input: INPUT_OPTION,
  fix: {
    type: 'text',
    value: 'OUT',
    text: 'write a mended copy into this new folder, with a list of every change',
  },
  out: {
    type: 'text',
    value: 'FILE.html',
    text: 'write a page with the findings, their pictures, numbers and a mosaic',
  },
  all: { type: 'flag', text: 'list every finding; by default five of each kind' },
} as const satisfies Options

/** Examines labelled pictures. */
export const doctorCommand: Command<typeof OPTIONS> = {
  name: 'doctor',
  summary:
    'Examines labelled pictures before they cost hours: what is wrong, what is odd, and what to do.',
  usage: '--data DIR [--out FILE.html] [--fix OUT] [--all]',
  example: 'singleshot doctor --data cells',
  options: OPTIONS,
  run: runDoctor,
}

async function runDoctor({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const { examineData } = await import('../node/data/doctor.ts')
  const progress = createProgress()
  const { data, format, input, all } = options
  const report = await examineData({
    ...{ data, format, input, signal },
    onEvent: ({ done, total }) =>
      progress.update(done / total!, `${done} of ${countOf(total!, 'picture')}`),
  }).finally(() => progress.done())
  if (options.json) writeJsonLine(report)
  else writeText(describeFindings(report, all ? Number.POSITIVE_INFINITY : LISTED))
  const { pictures, objects, classes, findings } = report
  const why = report.reason === null ? '' : ` (${report.reason})`
  say(
    `${report.format}${why}: ${countOf(pictures, 'picture')}, ${countOf(objects, 'object')} of ${countOf(classes.length, 'class', 'classes')}.`,
    findings.length === 0 ? 'Nothing was found.' : `${countOf(findings.length, 'finding')}.`,
  )
  if (options.out !== undefined) {
    const { writeDoctorPage } = await import('../node/data/doctor-page.ts')
    await writeDoctorPage({ data, report, out: options.out, signal })
    say(`Page: ${options.out}`)
  }
  if (options.fix !== undefined) await mend(options.fix, { data, format, report, signal })
  return EXIT.ok
}

async function mend(out: string, request: Omit<MendRequest, 'out'>): Promise<void> {
  const { mendData } = await import('../node/data/mend-data.ts')
  const { changes } = await mendData({ ...request, out })
  say(
    `${countOf(changes.length, 'change')}, listed in ${out}/changes.json. The original is as it was.`,
  )
}

/** Findings of a kind that are listed. */
const LISTED = 5

/** Findings by kind, what is wrong before what is odd. @param listed of each kind, at most */
export function describeFindings({ findings }: DoctorReport, listed: number): string {
  const kinds = Object.keys(FINDING_KINDS) as FindingCode[]
  const gravity = (code: FindingCode) => (FINDING_KINDS[code].gravity === 'wrong' ? 0 : 1)
  return kinds
    .toSorted((a, b) => gravity(a) - gravity(b))
    .flatMap((code) =>
      describeKind(
        code,
        findings.filter((finding) => finding.code === code),
        listed,
      ),
    )
    .join('\n')
}

function describeKind(code: FindingCode, found: readonly DataFinding[], listed: number): string[] {
  if (found.length === 0) return []
  const { gravity, title, effect, fix } = FINDING_KINDS[code]
  const rows = found
    .slice(0, listed)
    .map(({ file, object, found: what }) => `  ${[file, object, what].filter(Boolean).join(': ')}`)
  const more = found.length > listed ? [`  … and ${found.length - listed} more (--all)`] : []
  return [
    `${gravity}: ${title} (${code}, ${found.length})`,
    `  ${effect} ${fix}`,
    ...rows,
    ...more,
    '',
  ]
}
