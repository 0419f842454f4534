/** @file A picture with what is labelled in it, and its trace by a model. */
import type { EngineOptions } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import type { SingleshotError } from '../error/singleshot-error.ts'
import type { Trace } from '../explain/trace.ts'
import { type TracedObject, type TraceOptions, traceImage } from '../explain/trace-image.ts'
import { compileForTrace } from '../explain/tracer.ts'
import type { Image } from '../image/image.ts'
import type { Model } from '../weights/model-file.ts'
import { findAnnotation, readAnnotation } from './data/find-annotation.ts'
import { readExampleImage } from './data/read-example.ts'
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
  readonly onProblem?: (problem: SingleshotError) => void
}

/**
 * Reads a picture with its ground truth.
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE, E_IMAGE_SIZE, and as {@link readAnnotation}
 */
export async function readLabelledPicture(
  path: string,
  { classes, truth: named, onProblem = () => undefined }: LabelledPictureOptions,
): Promise<LabelledPicture> {
  const truth = named ?? (await findAnnotation(path))
  if (truth === undefined) return { image: await readImage(path), truth, objects: undefined }
  const example = await readAnnotation(truth, path, { classes, report: onProblem })
  const image = await readExampleImage(example)
  return { image, truth, objects: example.objects }
}

/**
 * Traces a picture with a model; starts an engine for it and frees it again.
 * @throws SingleshotError E_MODEL_FILE, E_DEVICE, E_ENGINE
 */
export async function traceWith(
  { config, weights }: Pick<Model, 'config' | 'weights'>,
  image: Image,
  options: TraceOptions & { readonly engine?: EngineOptions } = {},
): Promise<Trace> {
  const engine = createEngine(options.engine)
  try {
    return await traceImage(await compileForTrace(engine, config, weights), image, options)
  } finally {
    await engine.close()
  }
}
