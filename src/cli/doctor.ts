/** @file `singleshot doctor`. */
import { type DataFinding, FINDING_KINDS, type FindingCode } from '../doctor/data-finding.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { DoctorReport } from '../node/data/doctor.ts'
import type { MendRequest } from '../node/data/mend-data.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import { DOCTOR_OPTIONS, type DoctorOptions } from './doctor-options.ts'
import { createProgress, say, writeJsonLine, writeText } from './terminal.ts'

/** What only a look by a model takes. */
const MODEL_ONLY = ['split', 'folds', 'review', 'strict', 'rules'] as const

/** What only an examination of files takes. */
const FILES_ONLY = ['input', 'fix'] as const

/** Examines labelled pictures. */
export const doctorCommand: Command<DoctorOptions> = {
  name: 'doctor',
  summary:
    'Examines labelled pictures before they cost hours: what is wrong, what is odd, and what to do.',
  usage: '--data DIR [--out FILE.html] [--fix OUT | --model RUN [--folds K]]',
  example: 'singleshot doctor --data cells',
  options: DOCTOR_OPTIONS,
  run: runDoctor,
}

async function runDoctor(invocation: Invocation<DoctorOptions>): Promise<number> {
  const { options, signal } = invocation
  const { model } = options
  const foreign = (model === undefined ? MODEL_ONLY : FILES_ONLY).find((name) => options[name])
  if (foreign !== undefined)
    throw usageError(
      doctorCommand,
      `expected --${foreign} ${model === undefined ? 'together with' : 'without'} --model`,
    )
  if (model !== undefined) {
    const { doctorLabels } = await import('./doctor-labels.ts')
    return doctorLabels(model, invocation)
  }
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
