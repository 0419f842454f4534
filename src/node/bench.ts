/** @file Timing the real code paths on made-up pictures: detection, or one whole training step. */
import { SSD_AUGMENTATION } from '../augment/options.ts'
import type { Size } from '../box/box.ts'
import { orAborted } from '../call/or-aborted.ts'
import type { ModelConfig } from '../config/model.ts'
import { describePreset, type PresetName } from '../config/presets.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import type { Example } from '../dataset/dataset.ts'
import { detectImage } from '../detect/detect.ts'
import { compileForDetection } from '../detect/network.ts'
import type { Capabilities, Device, Engine, EngineOptions, Runtime } from '../engine/engine.ts'
import { engineOptionsOf } from '../engine/engine-options.ts'
import { createEngine } from '../engine/node.ts'
import { input } from '../graph/tensor.ts'
import type { Image } from '../image/image.ts'
import { buildPyramid } from '../image/pyramid.ts'
import { IDENTITY } from '../image/transform.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { createRandom } from '../random/random.ts'
import { runTraining } from '../train/loop.ts'
import { BENCH_DEFAULTS } from './defaults.ts'

/** What to time. */
export interface BenchRequest extends EngineOptions {
  readonly mode: 'detect' | 'train'
  /** A preset's name, default 'tiny'. */
  readonly model?: PresetName | undefined
  /** Pictures at once; default 1 to detect, 8 to train. */
  readonly batch?: number | undefined
  /** Classes with background, default 21 as Pascal VOC has. */
  readonly classes?: number | undefined
  /** Timed runs, default 20. */
  readonly runs?: number | undefined
  /** Default: the preset's own, 320x320 for tiny. */
  readonly input?: Size | undefined
  /** Aborting it ends the timing with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** Milliseconds per image, and what they were measured on. */
export interface BenchResult {
  readonly model: string
  readonly mode: string
  readonly batch: number
  /** With background. */
  readonly classes: number
  /** Width and height of the network's input, e.g. 320x240. */
  readonly input: string
  /** Where and by what the numbers were computed. */
  readonly device: Device
  readonly runtime: Runtime
  readonly threads: number
  readonly millisecondsPerImage: number
  readonly engineMillisecondsPerImage: number
  /** Everything outside the engine. */
  readonly otherMillisecondsPerImage: number
  /** Milliseconds per image of the fastest and of the slowest run. */
  readonly min: number
  readonly max: number
  /** Largest resident memory of the process so far. */
  readonly peakMemoryMegabytes: number
}

/** One timed run, for the whole batch. */
interface TimedRun {
  readonly total: number
  readonly engine: number
}

/** Shape of the pictures that `tiny` chooses its input for: 320x320 then, as in its published figures. */
const SQUARE: Size = { width: 1, height: 1 }

/** Runs before the clock counts: the first ones allocate, and V8 compiles what it sees often. */
const WARM_UP = 10

/** Times detection (pictures in memory to final detections) or training (a whole step). */
export async function runBench(request: BenchRequest): Promise<BenchResult> {
  const { mode, runs = BENCH_DEFAULTS.runs } = request
  const batch = request.batch ?? (mode === 'train' ? TRAIN_DEFAULTS.batch : 1)
  const config = configOf(request)
  request.signal?.throwIfAborted()
  const engine = createEngine(engineOptionsOf(request))
  try {
    const time = mode === 'train' ? timeTraining : timeDetection
    const timings = (await time(engine, config, batch, runs + WARM_UP, request.signal)).slice(
      WARM_UP,
    )
    return summarise(request, { config, batch, engine: await engine.capabilities() }, timings)
  } finally {
    await engine.close()
  }
}

/** The preset with made-up class names, at the size that was asked for. */
function configOf({
  model = BENCH_DEFAULTS.model,
  classes = BENCH_DEFAULTS.classes,
  input,
}: BenchRequest): ModelConfig {
  const names = Array.from({ length: classes - 1 }, (_, i) => `class ${i + 1}`)
  const config = describePreset(model, names, [SQUARE])
  return input === undefined ? config : { ...config, input: { ...input } }
}

async function timeDetection(
  engine: Engine,
  config: ModelConfig,
  batch: number,
  runs: number,
  signal?: AbortSignal,
): Promise<TimedRun[]> {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, config.input.height, config.input.width]), config)
  const compiling = compileForDetection(engine, config, initialWeights(scope, 1))
  const network = await orAborted(compiling, signal)
  const pictures = Array.from({ length: batch }, (_, i) => noisePicture(config.input, i))
  const timings: TimedRun[] = []
  for (let run = 0; run < runs; run++) {
    signal?.throwIfAborted()
    const started = performance.now()
    let inside = 0
    for (const picture of pictures)
      inside += (await orAborted(detectImage(network, picture), signal)).engineMilliseconds
    timings.push({ total: performance.now() - started, engine: inside })
  }
  return timings
}

async function timeTraining(
  engine: Engine,
  config: ModelConfig,
  batch: number,
  runs: number,
  signal?: AbortSignal,
): Promise<TimedRun[]> {
  const examples = Array.from({ length: batch }, (_, i) => noiseExample(config, i))
  const pyramids = new Map(
    examples.map(({ id, size }, i) => [id, buildPyramid(noisePicture(size, i), 4)]),
  )
  const timings: TimedRun[] = []
  let before = { total: 0, engine: 0 }
  await runTraining({
    engine,
    config,
    train: { ...TRAIN_DEFAULTS, batch, learningRate: 1e-3 },
    augment: SSD_AUGMENTATION,
    budget: { epochs: runs },
    examples,
    pictures: async ({ id }) => ({ pyramid: pyramids.get(id)!, scale: IDENTITY }),
    signal,
    onStep: ({ stepMilliseconds, engineMilliseconds }) => {
      timings.push({
        total: stepMilliseconds - before.total,
        engine: engineMilliseconds - before.engine,
      })
      before = { total: stepMilliseconds, engine: engineMilliseconds }
    },
  })
  signal?.throwIfAborted()
  return timings
}

/** A picture of random bytes. */
function noisePicture({ width, height }: Size, seed: number): Image {
  const random = createRandom(seed)
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, () => random.integer(256)),
  }
}

/** A picture twice as large as the input, with two objects: what torchvision's benchmark uses too. */
function noiseExample({ input: size, classes }: ModelConfig, i: number): Example {
  const { width, height } = { width: 2 * size.width, height: 2 * size.height }
  const part = (x1: number, y1: number, x2: number, y2: number) => ({
    x1: x1 * width,
    y1: y1 * height,
    x2: x2 * width,
    y2: y2 * height,
  })
  return {
    id: String(i),
    imagePath: '',
    size: { width, height },
    objects: [
      { box: part(0.1, 0.12, 0.5, 0.62), classId: 0, difficult: false },
      {
        box: part(0.3, 0.3, 0.8, 0.87),
        classId: Math.min(4, classes.length - 1),
        difficult: false,
      },
    ],
  }
}

/** What was timed, and what computed. */
interface Measured {
  readonly config: ModelConfig
  readonly batch: number
  readonly engine: Capabilities
}

function summarise(
  request: BenchRequest,
  { config, batch, engine: { device, runtime, threads } }: Measured,
  timings: readonly TimedRun[],
): BenchResult {
  const totals = timings.map(({ total }) => total / batch).toSorted((a, b) => a - b)
  const engines = timings.map(({ engine }) => engine / batch).toSorted((a, b) => a - b)
  const others = timings
    .map(({ total, engine }) => (total - engine) / batch)
    .toSorted((a, b) => a - b)
  const middle = (sorted: readonly number[]) => round(sorted[Math.floor(sorted.length / 2)]!)
  return {
    model: request.model ?? BENCH_DEFAULTS.model,
    mode: request.mode,
    batch,
    classes: config.classes.length + 1,
    input: `${config.input.width}x${config.input.height}`,
    ...{ device, runtime, threads },
    millisecondsPerImage: middle(totals),
    engineMillisecondsPerImage: middle(engines),
    otherMillisecondsPerImage: middle(others),
    min: round(totals[0]!),
    max: round(totals.at(-1)!),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100
