/**
 * @file The label doctor: a trained network looks at the pictures that it learned from, or, out of fold, at pictures that
 * it never saw, and what it says is compared with the labels.
 */
import { relative } from 'node:path'
import * as z from 'zod'
import type { Box } from '../../box/box.ts'
import { orAborted } from '../../call/or-aborted.ts'
import { checkOptions } from '../../check/check-options.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../../check/schemas.ts'
import { rulesSchema } from '../../config/rule-slots.ts'
import { FOLDS } from '../../dataset/folds.ts'
import type { SeenPicture } from '../../doctor/seen-picture.ts'
import { findSuspicions, type Suspicion, type SuspicionKind } from '../../doctor/suspicions.ts'
import type { EngineOptions } from '../../engine/engine.ts'
import { engineParts } from '../../engine/engine-schema.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { FORMAT_NAMES, type FormatName } from '../../label/format-names.ts'
import type { Rule } from '../../rule/rule.ts'
import type { Listener, ProgressEvent, TrainEvent } from '../events.ts'
import { readDetector } from '../model.ts'
import { readRunConfig } from '../run/run-config.ts'
import { openFolder } from './file-tree.ts'
import { trainFolds } from './fold-runs.ts'
import { lookAtLabels, withNetworks } from './look-at-labels.ts'
import { type LabelledDataset, readLabelledDataset } from './read-labels.ts'
import { requireFormat } from './recognise.ts'

/** Whose labels to examine, and by which network. */
export interface LabelDoctorRequest extends EngineOptions {
  /** A folder of labelled pictures. */
  readonly data: string
  /** A run folder, or a model file. */
  readonly model: string
  /** The format of the labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Only this split; undefined: all pictures. */
  readonly split?: string | undefined
  /** So many runs more, each without one part of the pictures, to be asked about that part; undefined: none. */
  readonly folds?: number | undefined
  /** Makes anything wrong in the data an error; by default it is left out, a picture that cannot be read by name. */
  readonly strict?: boolean | undefined
  /** Rules from outside that the model was made with. */
  readonly rules?: readonly Rule[] | undefined
  /** Ends the examination with its reason. Runs of folds are kept, and go on the next time. */
  readonly signal?: AbortSignal | undefined
  /** Told after each picture. */
  readonly onEvent?: Listener<ProgressEvent<'check'>>
  /** Told of the training of folds, which count from 1. */
  readonly onFold?: (event: TrainEvent, fold: number) => void
}

const requestSchema = z.strictObject({
  ...engineParts,
  data: pathSchema,
  model: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  split: textSchema.optional(),
  folds: z.number().int().min(FOLDS.min).max(FOLDS.max).optional(),
  strict: z.boolean().optional(),
  rules: z.optional(rulesSchema),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
  onFold: callbackSchema.optional(),
} satisfies PartsOf<LabelDoctorRequest>)

/** A label that is probably wrong, or a place where one is missing. */
export interface LabelSuspicion {
  readonly kind: SuspicionKind
  /** The picture, below the data folder. */
  readonly file: string
  /** The number of the label among those of its picture, from 1; null where it is missing. */
  readonly object: number | null
  /** The class as labelled; null where it is missing. */
  readonly className: string | null
  /** As labelled, pixels; null where it is missing. */
  readonly box: Box | null
  /** What the network would label; null for what it would delete. */
  readonly proposal: { readonly className: string; readonly box: Box } | null
  /** How sure it seems, 0..1. */
  readonly confidence: number
  /** The loss of the label's class by the mean of the snapshots; null where the label is missing. */
  readonly loss: number | null
}

/** What was found. */
export interface LabelReport {
  readonly data: string
  readonly format: FormatName
  readonly pictures: number
  readonly objects: number
  readonly classes: readonly string[]
  /** Whether each picture was looked at by a network that had not seen it. */
  readonly outOfFold: boolean
  /** Pictures that could not be read, and why. */
  readonly leftOut: readonly { readonly file: string; readonly problem: string }[]
  /** The surest first. */
  readonly suspicions: readonly LabelSuspicion[]
}

/** A report, with the labels that it is about. */
export interface ExaminedLabels {
  readonly report: LabelReport
  readonly source: LabelledDataset
}

/**
 * Examines labels by a trained network.
 * @throws SingleshotError E_CONFIG; E_FORMAT; E_FOLDER_MISSING, E_FOLDER_EMPTY; E_MODEL_MISSING, E_MODEL_FILE; E_CLASS_UNKNOWN when the
 * data has a class that the model lacks; E_RUN for folds of a model without its run; E_OUTPUT_EXISTS; the signal's reason
 */
export async function examineLabels(request: LabelDoctorRequest): Promise<LabelReport> {
  return (await examineWithSource(request)).report
}

/** The same, with the labels, for what is to be written from them. @throws SingleshotError as {@link examineLabels} */
export async function examineWithSource(request: LabelDoctorRequest): Promise<ExaminedLabels> {
  checkOptions(requestSchema, request, 'examineLabels')
  const { data, model, format, split, folds, strict, rules, signal } = request
  const { config } = await readDetector(model, { rules })
  const tree = await openFolder(data)
  const chosen = await requireFormat(tree, data, { format, where: 'doctor' })
  const { classes } = config
  const source = await readLabelledDataset(tree, data, chosen, { split, classes, strict, signal })
  const { examples } = source.dataset
  const seen: SeenPicture[] = new Array(examples.length)
  const parts =
    folds === undefined ? [{ run: model, pictures: examples.map((_, i) => i) }] : await foldParts()
  const leftOut: { file: string; problem: string }[] = []
  let done = 0
  for (const { run, pictures } of parts) {
    await withNetworks(run, request, async (networks) => {
      for (const i of pictures) {
        seen[i] = await orAborted(lookAtLabels(examples[i]!, networks, signal), signal).catch(
          (error) => {
            if (!(error instanceof SingleshotError) || strict) throw error
            leftOut.push({ file: relative(data, examples[i]!.imagePath), problem: error.message })
            return { labels: [], unlabelled: [] }
          },
        )
        request.onEvent?.({ type: 'progress', task: 'check', done: ++done, total: examples.length })
      }
    })
  }
  const suspicions = findSuspicions(seen, classes.length)
  const report: LabelReport = {
    data,
    format: chosen.format.name,
    pictures: examples.length,
    objects: examples.reduce((sum, { objects }) => sum + objects.length, 0),
    classes,
    outOfFold: folds !== undefined,
    leftOut,
    suspicions: suspicions.map((one) => describe(one, source, data)),
  }
  return { report, source }

  async function foldParts() {
    const { foldOf, runs } = await trainFolds({
      config: await readRunConfig(model, rules),
      ...{ source, folds: folds!, out: `${model.replace(/[\\/]+$/, '')}-folds`, rules, signal },
      threads: request.threads,
      onEvent: request.onFold,
    })
    return runs.map((run, fold) => ({
      run,
      pictures: foldOf.flatMap((its, i) => (its === fold ? [i] : [])),
    }))
  }
}

function describe(
  { kind, picture, label, box, proposal, confidence, loss }: Suspicion,
  { dataset: { examples, classes }, labelled }: LabelledDataset,
  data: string,
): LabelSuspicion {
  const { id, imagePath, objects } = examples[picture]!
  const classId = label === undefined ? undefined : objects[label]!.classId
  return {
    kind,
    file: relative(data, imagePath),
    object: label === undefined ? null : labelled.get(id)!.objects[label]!.number,
    className: classId === undefined ? null : classes[classId]!,
    box: box ?? null,
    proposal:
      proposal === undefined ? null : { className: classes[proposal.classId]!, box: proposal.box },
    confidence,
    loss: loss ?? null,
  }
}
