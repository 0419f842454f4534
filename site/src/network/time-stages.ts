/**
 * @file How long a single shot takes on this machine, and how long two kinds of second stages would take, measured:
 *
 *     single shot     the network, once, on the whole picture
 *     R-CNN (2014)    the same network once more for every region, cut out and scaled to 64 x 64
 *     Faster R-CNN    its maps are shared; a small head runs once for every region
 *
 * The head is a stand-in with random weights: 7 x 7 cells of 128 numbers, two layers of 256, a class and a box.
 */
import {
  constant,
  createRandom,
  type DetectionNetwork,
  detectImage,
  type Image,
  input,
  type ModelConfig,
  ops,
  resizeImage,
  toOnnx,
} from 'singleshot/core'
import type { Engine, Program } from 'singleshot/web'

/** Milliseconds. */
export interface StageTimes {
  readonly singleShot: number
  /** One region as R-CNN treats it. */
  readonly cutOut: number
  /** One region as Faster R-CNN treats it, on maps that are there. */
  readonly head: number
}

/** Side of a cut-out, pixels. */
export const CUT_OUT = 64

/** Numbers of a region of a shared map: 7 x 7 cells, 128 channels. */
const REGION = 7 * 7 * 128
const HIDDEN = 256
/** Regions that the head takes at once. */
const AT_ONCE = 100
/** Runs of each; the median counts, the first one is not among them. */
const RUNS = 7

/**
 * Measures.
 * @param whole the network for the whole picture @param small the same weights for a cut-out
 */
export async function timeStages(
  engine: Engine,
  {
    whole,
    small,
    config,
  }: { whole: DetectionNetwork; small: DetectionNetwork; config: ModelConfig },
  image: Image,
): Promise<StageTimes> {
  const picture = resizeImage(image, config.input)
  const cut = resizeImage(image, { width: CUT_OUT, height: CUT_OUT })
  const head = await compileHead(engine, config.classes.length)
  try {
    const regions = { data: new Float32Array(AT_ONCE * REGION), shape: [AT_ONCE, REGION] }
    return {
      singleShot: await median(() => detectImage(whole, picture, {})),
      cutOut: await median(() => detectImage(small, cut, {})),
      head:
        (await median(() => head.run({ regions: { ...regions, data: regions.data.slice() } }))) /
        AT_ONCE,
    }
  } finally {
    await head.close()
  }
}

async function compileHead(engine: Engine, classCount: number): Promise<Program> {
  const random = createRandom(1)
  const weights = (rows: number, columns: number) =>
    constant(
      Float32Array.from({ length: rows * columns }, () => 0.05 * random.normal()),
      [rows, columns],
    )
  const first = ops.relu(ops.matmul(input('regions', [AT_ONCE, REGION]), weights(REGION, HIDDEN)))
  const second = ops.relu(ops.matmul(first, weights(HIDDEN, HIDDEN)))
  const answers = ops.matmul(second, weights(HIDDEN, classCount + 1 + 4))
  const { target } = await engine.capabilities()
  return engine.compile({ bytes: toOnnx({ answers }, { target }) })
}

async function median(work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[(RUNS - 1) / 2]!
}
