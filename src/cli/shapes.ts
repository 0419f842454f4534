/** @file `singleshot shapes`. */
import { SCENE_OPTIONS, type SceneOptions } from '../dataset/scene-options.ts'
import { MOST_SCENES, MOST_SHAPES, SCENE_SIDES, SMALLEST_SIDES } from '../dataset/scene-schema.ts'
import { EXIT } from '../error/exit-codes.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import type { Options, Values } from './option.ts'
import { SEED_OPTION } from './shared-options.ts'
import { createProgress, say, writeJsonLine, writeRow } from './terminal.ts'

const { size, count, crowdedShare, emptyShare, minimumSide, maximumShare, largestTurn } =
  SCENE_OPTIONS
const SHARE = { type: 'number', value: 'X', min: 0, max: 1 } as const
const DEGREES_A_RADIAN = 180 / Math.PI
const LARGEST_TURN = largestTurn * DEGREES_A_RADIAN
const SCENES = 1200
const SEED = 1

const OPTIONS = {
  out: { type: 'text', value: 'DIR', required: true, text: 'folder to make' },
  scenes: {
    type: 'count',
    value: 'N',
    min: 10,
    max: MOST_SCENES,
    default: SCENES,
    text: 'scenes to draw: 70% train, 10% val, 20% test',
  },
  seed: { ...SEED_OPTION, default: SEED },
  size: {
    type: 'size',
    value: 'WxH',
    ...SCENE_SIDES,
    default: size,
    text: 'pixels of a scene',
  },
  fewest: {
    type: 'count',
    value: 'N',
    min: 1,
    max: MOST_SHAPES,
    default: count[0],
    text: 'fewest shapes in an ordinary scene',
  },
  most: {
    type: 'count',
    value: 'N',
    min: 1,
    max: MOST_SHAPES,
    default: count[1],
    text: 'most shapes in an ordinary scene',
  },
  smallest: {
    type: 'number',
    value: 'X',
    ...SMALLEST_SIDES,
    default: minimumSide,
    text: 'side of the smallest shapes, pixels',
  },
  largest: {
    ...SHARE,
    default: maximumShare,
    text: "side of the largest shapes, as a share of the scene's shorter side",
  },
  turn: {
    type: 'number',
    value: 'X',
    min: 0,
    max: 180,
    default: LARGEST_TURN,
    text: 'shapes turn by up to this many degrees, either way',
  },
  crowded: {
    ...SHARE,
    default: crowdedShare,
    text: 'share of scenes that are crowded with small shapes',
  },
  empty: { ...SHARE, default: emptyShare, text: 'share of scenes without any shape' },
} as const satisfies Options

/** Draws a labelled dataset. */
export const shapesCommand: Command<typeof OPTIONS> = {
  name: 'shapes',
  summary: 'Draws scenes of shapes with known boxes: a labelled dataset (Pascal VOC) of any size.',
  usage: '--out DIR [--scenes N]',
  example: 'singleshot shapes --out scenes --scenes 1200 --size 192x144 --smallest 26 --turn 17',
  options: OPTIONS,
  run: runShapes,
}

async function runShapes({ options, signal }: Invocation<typeof OPTIONS>): Promise<number> {
  const scene = sceneOf(options)
  const { writeShapes } = await import('../node/data/write-shapes.ts')
  const { out: folder, scenes, seed } = options
  const progress = createProgress()
  await writeShapes(folder, {
    scenes,
    seed,
    scene,
    signal,
    onEvent: ({ done }) => progress.update(done / scenes, `${done} of ${scenes} scenes`),
  }).finally(() => progress.done())
  if (options.json) writeJsonLine({ data: folder, scenes, seed, scene })
  else writeRow(folder)
  say(`Try: singleshot train --data ${folder} --out runs/shapes --minutes 5`)
  return EXIT.ok
}

/** The scenes that were asked for. @throws SingleshotError E_USAGE for a range that is upside down */
function sceneOf(options: Values<typeof OPTIONS>): SceneOptions {
  const scene: SceneOptions = {
    ...SCENE_OPTIONS,
    size: options.size,
    count: [options.fewest, options.most],
    crowdedShare: options.crowded,
    emptyShare: options.empty,
    minimumSide: options.smallest,
    maximumShare: options.largest,
    largestTurn: options.turn / DEGREES_A_RADIAN,
  }
  if (scene.count[0] > scene.count[1])
    throw usageError(shapesCommand, 'expected --fewest not above --most', scene.count)
  const longest = scene.maximumShare * Math.min(scene.size.width, scene.size.height)
  if (scene.minimumSide > longest)
    throw usageError(
      shapesCommand,
      `expected --smallest at most ${longest} pixels, the side of the largest shapes`,
      scene.minimumSide,
    )
  return scene
}
