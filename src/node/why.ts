/** @file A picture with what is labelled in it, and its trace by a model. */
import { orAborted } from '../call/or-aborted.ts'
import type { ProblemEvent } from '../dataset/problem-list.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import type { SingleshotError } from '../error/singleshot-error.ts'
import type { TracedObject } from '../explain/object-story.ts'
import type { Trace } from '../explain/trace.ts'
import { type TraceOptions, traceImage } from '../explain/trace-image.ts'
import { compileForTrace } from '../explain/tracer.ts'
import type { Image } from '../image/image.ts'
import type { Model } from '../weights/model-file.ts'
import { findAnnotation, readAnnotation } from './data/find-annotation.ts'
import { readExampleImage } from './data/read-example.ts'
import type { Listener } from './events.ts'
import { readImage } from './picture/read-image.ts'

/** A picture and what is known of it. */
export interface LabelledPicture {
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
  { classes, truth: named, onEvent, signal }: LabelledPictureOptions,
): Promise<LabelledPicture> {
  signal?.throwIfAborted()
  const truth = named ?? (await findAnnotation(path))
  if (truth === undefined)
    return { image: await readImage(path, { signal }), truth, objects: undefined }
  const report = (problem: SingleshotError) => onEvent?.({ type: 'problem', problem })
  const example = await readAnnotation(truth, path, { classes, report })
  const image = await readExampleImage(example, { signal })
  return { image, truth, objects: example.objects }
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
