/** @file A run's networks looking at labelled pictures. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Example } from '../../dataset/dataset.ts'
import { compileForDetection, type DetectionNetwork } from '../../detect/network.ts'
import {
  type AnchorAnswers,
  meanAnswers,
  type SeenPicture,
  seePicture,
} from '../../doctor/seen-picture.ts'
import type { EngineOptions } from '../../engine/engine.ts'
import { engineOptionsOf } from '../../engine/engine-options.ts'
import { createEngine } from '../../engine/node.ts'
import { imageToInput } from '../../image/to-input.ts'
import type { Rule } from '../../rule/rule.ts'
import { readDetector } from '../model.ts'
import { SNAPSHOT_FOLDER } from '../run/snapshots.ts'
import { readExampleImage } from './read-example.ts'

/** Which rules and threads the networks take. */
export interface NetworksRequest extends EngineOptions {
  /** Rules from outside that the model was made with. */
  readonly rules?: readonly Rule[] | undefined
}

/**
 * The networks of a run: its best, and its later snapshots, in which less was learned by heart. Of a model file, itself.
 * @param use what is done with them; afterwards the engine is closed
 * @throws SingleshotError E_MODEL_MISSING, E_MODEL_FILE, E_ENGINE
 */
export async function withNetworks(
  run: string,
  request: NetworksRequest,
  use: (networks: readonly DetectionNetwork[]) => Promise<void>,
): Promise<void> {
  const { rules } = request
  const folder = join(run, SNAPSHOT_FOLDER)
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    name.endsWith('.safetensors'),
  )
  const later = names.toSorted().slice(names.length >> 1)
  const engine = createEngine(engineOptionsOf(request))
  try {
    const networks: DetectionNetwork[] = []
    for (const file of [...later.map((name) => join(folder, name)), run]) {
      const { config, weights } = await readDetector(file, { rules })
      networks.push(await compileForDetection(engine, config, weights))
    }
    await use(networks)
  } finally {
    await engine.close()
  }
}

/** A picture with its labels, as the mean of the networks sees it. @throws SingleshotError E_IMAGE_UNREADABLE; the signal's reason */
export async function lookAtLabels(
  example: Example,
  networks: readonly DetectionNetwork[],
  signal: AbortSignal | undefined,
): Promise<SeenPicture> {
  const image = await readExampleImage(example, { signal })
  const all: AnchorAnswers[] = []
  for (const { config, look } of networks) {
    const { outputs } = await look((input) =>
      imageToInput(image, config.input, config.normalisation, input, 0),
    )
    all.push({
      probabilities: Float32Array.from(outputs.probabilities!),
      offsets: Float32Array.from(outputs.offsets!),
    })
  }
  const { config, anchors } = networks[0]!
  return seePicture(meanAnswers(all), example.objects, { config, anchors, imageSize: example.size })
}
