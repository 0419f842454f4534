/**
 * @file A batch as pictures: what the network is shown and what it is asked, read back from the numbers that it is fed.
 * Nothing here looks at the data; so whatever is wrong on the way to the network is seen.
 *
 * Shapes: N images of H x W pixels, A anchors.
 */
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { Box } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import { decoder } from '../coder/coders.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Image } from '../image/image.ts'
import { BACKGROUND } from '../match/targets.ts'
import type { Batch } from './batches.ts'

/** An object that the network is asked for. */
export interface AskedObject {
  /** In pixels of the network's input, inside it. */
  readonly box: Box
  readonly classId: number
  /** How many anchors are responsible for it. */
  readonly anchors: number
}

/** One image of a batch. */
export interface ShownImage {
  readonly id: string
  /** As the network sees it, in colours that people see. */
  readonly image: Image
  readonly objects: readonly AskedObject[]
}

/** The images of a batch. */
export function imagesOf(batch: Batch, config: ModelConfig): ShownImage[] {
  return batch.ids.map((id, i) => ({
    id,
    image: imageAt(batch, i, config),
    objects: objectsAt(batch, i, config),
  }))
}

/** The pixels, with the normalisation undone. */
function imageAt({ images }: Batch, i: number, { input, normalisation }: ModelConfig): Image {
  const { width, height } = input
  const plane = width * height
  const data = new Uint8Array(plane * 3)
  for (let c = 0; c < 3; c++)
    for (let p = 0; p < plane; p++) {
      const value =
        images[(i * 3 + c) * plane + p]! * normalisation.std[c]! + normalisation.mean[c]!
      data[p * 3 + c] = Math.min(255, Math.max(0, Math.round(value)))
    }
  return { width, height, data }
}

/** Where the targets of positive anchors lead: those of one object to one place. */
function objectsAt(batch: Batch, i: number, config: ModelConfig): AskedObject[] {
  const anchors = anchorsOf(config)
  const { count } = anchors
  const classes = batch.classTargets.subarray(i * count, (i + 1) * count)
  const offsets = batch.offsetTargets.subarray(i * count * 4, (i + 1) * count * 4)
  const boxes = new Float32Array(count * 4)
  const decode = decoder(config.boxCoder, anchors, offsets, boxes)
  const found = new Map<string, AskedObject>()
  for (let a = 0; a < count; a++) {
    if (classes[a]! <= BACKGROUND) continue
    decode(a)
    const [x, y, width, height] = boxes.subarray(a * 4, a * 4 + 4) as unknown as number[]
    const box = {
      x1: x! - width! / 2,
      y1: y! - height! / 2,
      x2: x! + width! / 2,
      y2: y! + height! / 2,
    }
    // Rounded, because each anchor leads there by numbers of its own.
    const key = [classes[a]!, ...Object.values(box).map((side) => Math.round(side))].join()
    const known = found.get(key)
    found.set(key, {
      box: clipBox(box, config.input),
      classId: classes[a]! - 1,
      anchors: (known?.anchors ?? 0) + 1,
    })
  }
  return [...found.values()]
}
