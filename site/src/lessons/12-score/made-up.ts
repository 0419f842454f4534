/** @file Detections made up for pictures whose objects are known: most objects found, some twice, some false ones. */
import { type Box, clipBox, createRandom, type Random, type Size } from 'singleshot/core'
import type { TestPicture } from './test-pictures.ts'

/** A detection as it is judged. */
export interface MadeUpDetection {
  readonly box: Box
  readonly classId: number
  readonly score: number
}

/** How often something goes right or wrong. */
const CHANCES = { found: 0.85, twice: 0.15, otherClass: 0.08 }

/** Detections for each picture; always the same ones. @param classCount of the objects' class ids */
export function makeUpDetections(
  pictures: readonly TestPicture[],
  classCount: number,
): MadeUpDetection[][] {
  return pictures.map(({ image, objects }, i) => {
    const random = createRandom(12, i)
    const right = objects.flatMap(({ box, classId }) => {
      if (!random.chance(CHANCES.found)) return []
      const said = random.chance(CHANCES.otherClass) ? random.integer(classCount) : classId
      const first = claim(random, { box, classId: said, score: random.between(0.35, 1) }, image)
      const again = { box, classId: said, score: first.score * random.between(0.3, 0.9) }
      return random.chance(CHANCES.twice) ? [first, claim(random, again, image)] : [first]
    })
    const wrong = Array.from({ length: 2 + random.integer(3) }, () =>
      claim(random, falseClaim(random, classCount, image), image),
    )
    return [...right, ...wrong].toSorted((a, b) => b.score - a.score)
  })
}

/** A claim whose box lies a little beside where it should. */
function claim(random: Random, { box, classId, score }: MadeUpDetection, size: Size) {
  const by = () => 0.08 * random.normal()
  const width = box.x2 - box.x1
  const height = box.y2 - box.y1
  const sides = {
    x1: box.x1 + by() * width,
    y1: box.y1 + by() * height,
    x2: box.x2 + by() * width,
    y2: box.y2 + by() * height,
  }
  return { box: clipBox(sides, size), classId, score }
}

/** Something where there is nothing, mostly with a low score. */
function falseClaim(random: Random, classCount: number, { width, height }: Size): MadeUpDetection {
  const x1 = random.between(0, 0.7) * width
  const y1 = random.between(0, 0.7) * height
  const side = random.between(0.15, 0.3) * height
  const box = { x1, y1, x2: x1 + side, y2: y1 + side }
  return { box, classId: random.integer(classCount), score: 0.02 + 0.8 * random.uniform() ** 2 }
}
