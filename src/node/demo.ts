/**
 * @file The whole story in a few minutes, offline: generate labelled scenes, train on them, measure on
 * scenes never seen, detect, and leave pictures and a report.
 */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FLIPS, NO_AUGMENTATION } from '../augment/options.ts'
import type { SceneOptions } from '../dataset/scene-options.ts'
import { TEST_SPLIT } from '../dataset/split.ts'
import { reportHtml } from '../draw/report-html.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { engineOptionsOf } from '../engine/engine-options.ts'
import { countOf } from '../error/count-of.ts'
import type { EvaluationReport } from '../evaluate/report.ts'
import { openData } from './data/data.ts'
import { writeShapes } from './data/write-shapes.ts'
import { DEMO_DEFAULTS } from './defaults.ts'
import { drawScenes } from './demo-pictures.ts'
import { evaluateOn } from './evaluate.ts'
import type { DemoEvent, Listener } from './events.ts'
import { writeNewFile } from './files/new-file.ts'
import { loadModel } from './model.ts'
import { createOutputFolder, RUN_FILES } from './run/run-folder.ts'
import { train } from './run/train.ts'

/** What to do. */
export interface DemoRequest extends EngineOptions {
  /** Folder to make; new or empty. */
  readonly out: string
  /** Training time; default 3 minutes. */
  readonly minutes?: number | undefined
  /** Names the scenes and every random choice; default 1. */
  readonly seed?: number | undefined
  /** Scenes to generate; default 1200. */
  readonly scenes?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: Listener<DemoEvent>
}

/** What the demo leaves. */
export interface DemoResult {
  /** The generated pictures, a Pascal VOC folder. */
  readonly data: string
  readonly run: string
  readonly pictures: string
  /** The page to open. */
  readonly report: string
  readonly stopped: boolean
  readonly scores: EvaluationReport
}

/**
 * Scenes that a network can learn within minutes from nothing: small pictures, shapes of 26 pixels and more
 * that stand upright, few of them crowded. The set's own defaults are several times harder (docs/log.md).
 */
const EASY_SCENES = {
  size: { width: 192, height: 144 },
  minimumSide: 26,
  count: [1, 4],
  crowdedShare: 0.08,
  crowdedCount: [6, 10],
  largestTurn: 0.3,
} as const satisfies Partial<SceneOptions>

/** With a thousand scenes that are seen a few times each, mirroring is variation enough. */
const MIRRORED = { ...NO_AUGMENTATION, flip: FLIPS.horizontal }

/** Smaller than .1, with which the demo began; not compared with it alone (docs/log.md). */
const LEARNING_RATE = 0.04

/** Runs the demo. @throws SingleshotError E_OUTPUT_EXISTS, E_WRITE */
export async function runDemo(request: DemoRequest): Promise<DemoResult> {
  const { out, signal, onEvent } = request
  const { minutes = DEMO_DEFAULTS.minutes, seed = DEMO_DEFAULTS.seed } = request
  const { scenes = DEMO_DEFAULTS.scenes } = request
  const paths = {
    data: join(out, 'shapes'),
    run: join(out, 'run'),
    pictures: join(out, 'pictures'),
    report: join(out, 'report.html'),
  }
  const say = (message: string) => onEvent?.({ type: 'message', message })
  signal?.throwIfAborted()
  await createOutputFolder(out, 'demo')
  say(`Drawing ${countOf(scenes, 'scene')} with known objects into ${paths.data}`)
  await writeShapes(paths.data, { scenes, seed, scene: EASY_SCENES, signal })
  say(`Training for ${countOf(minutes, 'minute')}`)
  const settings = { seed, learningRate: LEARNING_RATE }
  const engine = engineOptionsOf(request)
  const { stopped } = await train({
    ...engine,
    data: paths.data,
    out: paths.run,
    split: 'trainval',
    minutes,
    // As drawn: enlarged to the usual 320 pixels, the same steps would take more than twice as long.
    input: EASY_SCENES.size,
    settings,
    augment: MIRRORED,
    signal,
    onEvent: (event) => {
      if (event.type === 'step') onEvent?.(event)
    },
  })
  const test = await openData(paths.data, { split: TEST_SPLIT })
  say(`Measuring on ${test.dataset.examples.length} scenes that were kept aside`)
  const model = await loadModel(paths.run, engine)
  try {
    const scores = await evaluateOn(model.network, test)
    const pictures = await drawScenes(model, test, paths.pictures)
    const curves = await readFile(join(paths.run, RUN_FILES.curves), 'utf8')
    await writeNewFile(
      paths.report,
      reportHtml({
        title: 'singleshot: the demo',
        introduction: introduction(minutes),
        report: scores,
        pictures,
        curves,
      }),
    )
    return { ...paths, stopped, scores }
  } finally {
    await model.close()
  }
}

function introduction(minutes: number): string[] {
  return [
    `A detector that knew nothing was trained for ${countOf(minutes, 'minute')} on this computer’s processor, on scenes drawn by a program, which therefore knows where every object is.`,
    'It is a single shot detector: one pass of one network says for each of a fixed list of boxes (the anchors) which class is in it and how to move it onto the object.',
  ]
}
