/** @file A picture with what is labelled in it, and its trace by a model. */
import { resolve } from 'node:path'
import * as z from 'zod'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import { callbackSchema, type PartsOf, pathSchema, signalSchema } from '../check/schemas.ts'
import { type DetectConfig, detectOptionsSchema } from '../config/detect.ts'
import { rulesSchema } from '../config/rule-slots.ts'
import type { ProblemEvent } from '../dataset/problem-list.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { engineOptionsOf } from '../engine/engine-options.ts'
import { engineParts } from '../engine/engine-schema.ts'
import { createEngine } from '../engine/node.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { TracedObject } from '../explain/object-story.ts'
import type { Trace } from '../explain/trace.ts'
import { type TraceOptions, traceImage } from '../explain/trace-image.ts'
import { compileForTrace } from '../explain/tracer.ts'
import type { Image } from '../image/image.ts'
import type { FormatName } from '../label/format-names.ts'
import type { Model, ReadModelOptions } from '../weights/model-file.ts'
import { openData } from './data/data.ts'
import { findAnnotation, readAnnotation } from './data/find-annotation.ts'
import { readExampleImage } from './data/read-example.ts'
import type { Listener } from './events.ts'
import { readDetector } from './model.ts'
import { readImage } from './picture/read-image.ts'

/** A picture and what is known of it. */
export interface PictureWithTruth {
  readonly image: Image
  /** The annotation; undefined where none was named or found. */
  readonly truth: string | undefined
  /** What it lists; undefined without one. */
  readonly objects: readonly TracedObject[] | undefined
}

/** How to read a picture. */
export interface LabelledPictureOptions {
  /** Class names of the model, in class-id order. */
  readonly classes: readonly string[]
  /** The annotation; without it, the one that lies with the picture, if any. */
  readonly truth?: string | undefined
  /** A folder of labelled pictures in any format, with this picture in it; instead of an annotation. */
  readonly data?: string | undefined
  /** The format of its labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Told of each object that is left out, because it has no area. */
  readonly onEvent?: Listener<ProblemEvent>
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a picture with its ground truth.
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE, E_IMAGE_SIZE, and as {@link readAnnotation}; the
 * signal's reason
 */
export async function readLabelledPicture(
  path: string,
  options: LabelledPictureOptions,
): Promise<PictureWithTruth> {
  const { classes, truth: named, data, onEvent, signal } = options
  signal?.throwIfAborted()
  if (data !== undefined) return readFromData(path, data, options)
  const truth = named ?? (await findAnnotation(path))
  if (truth === undefined)
    return { image: await readImage(path, { signal }), truth, objects: undefined }
  const report = (problem: SingleshotError) => onEvent?.({ type: 'problem', problem })
  const example = await readAnnotation(truth, path, { classes, report })
  const image = await readExampleImage(example, { signal })
  return { image, truth, objects: example.objects }
}

/** A picture of a folder of labelled pictures. @throws SingleshotError E_ANNOTATION_MISSING if no labels belong to it */
async function readFromData(
  path: string,
  data: string,
  { classes, format, onEvent, signal }: LabelledPictureOptions,
): Promise<PictureWithTruth> {
  const { dataset } = await openData(data, { classes, format, onEvent, signal })
  const example = dataset.examples.find(({ imagePath }) => resolve(imagePath) === resolve(path))
  if (example === undefined)
    throw new SingleshotError('E_ANNOTATION_MISSING', {
      where: 'why',
      rule: `expected labels of ${path}`,
      got: 'none',
      file: data,
      remedy: 'Name a picture of this folder that has labels, or leave out --data.',
    })
  const image = await readExampleImage(example, { signal })
  return { image, truth: data, objects: example.objects }
}

/** How to trace. */
export interface TraceWithOptions extends TraceOptions {
  readonly engine?: EngineOptions
  readonly signal?: AbortSignal | undefined
}

/**
 * Traces a picture with a model; starts an engine for it and frees it again.
 * @throws SingleshotError E_MODEL_FILE, E_DEVICE, E_ENGINE; the signal's reason
 */
export async function traceWith(
  { config, weights }: Pick<Model, 'config' | 'weights'>,
  image: Image,
  { engine: engineOptions, signal, ...options }: TraceWithOptions = {},
): Promise<Trace> {
  signal?.throwIfAborted()
  const engine = createEngine(engineOptions)
  try {
    const tracer = await orAborted(compileForTrace(engine, config, weights), signal)
    return await orAborted(traceImage(tracer, image, options), signal)
  } finally {
    await engine.close()
  }
}

/** How to trace a file by a file. */
export interface TracePictureOptions extends EngineOptions, ReadModelOptions {
  /** Thresholds that differ from the model's own. */
  readonly detect?: Partial<DetectConfig>
  /** A Pascal VOC annotation; without it, the one that lies with the picture, if any. */
  readonly truth?: string | undefined
  /** Told of each labelled object that is left out, because it has no area. */
  readonly onEvent?: Listener<ProblemEvent>
  /** Ends the call with its reason; the engine is freed. */
  readonly signal?: AbortSignal | undefined
}

const tracePictureSchema = z.strictObject({
  ...engineParts,
  rules: z.optional(rulesSchema),
  detect: z.optional(detectOptionsSchema),
  truth: pathSchema.optional(),
  onEvent: callbackSchema.optional(),
  signal: signalSchema.optional(),
} satisfies PartsOf<TracePictureOptions>)

/**
 * One picture's whole way through a detector, as data: what each anchor saw, said and was blamed for. `whyPicture`,
 * `whyMissed` and `whyDetected` of `singleshot/core` tell it in words.
 * @param model a model file, or a run folder
 * @param picture its path
 * @throws SingleshotError E_CONFIG; as {@link readLabelledPicture} and {@link loadModel}; the signal's reason
 * @example
 * ```js
 * import { tracePicture } from 'singleshot'
 * import { whyPicture } from 'singleshot/core'
 *
 * const trace = await tracePicture('run', 'shapes/JPEGImages/000001.jpg')
 * console.log(trace.anchors.length > 100) // → true
 * for (const { about, sentences } of whyPicture(trace)) console.log(about, ...sentences)
 * ```
 */
export async function tracePicture(
  model: string,
  picture: string,
  options: TracePictureOptions = {},
): Promise<Trace> {
  checkOptions(pathSchema, model, 'tracePicture', { object: 'model' })
  checkOptions(pathSchema, picture, 'tracePicture', { object: 'picture' })
  checkOptions(tracePictureSchema, options, 'tracePicture')
  const { truth, detect, signal, onEvent, rules } = options
  const detector = await readDetector(model, { rules })
  const { classes } = detector.config
  const found = await readLabelledPicture(picture, {
    ...{ classes, truth, signal },
    ...(onEvent !== undefined && { onEvent }),
  })
  return traceWith(detector, found.image, {
    ...(found.objects !== undefined && { objects: found.objects }),
    ...(detect !== undefined && { detect }),
    engine: engineOptionsOf(options),
    signal,
  })
}
