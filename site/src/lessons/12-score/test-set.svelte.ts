/** @file The test set as live state: pictures are made once, and the network looks at each once, whatever a slider does. */
import { type Detection, SHAPE_CLASSES } from 'singleshot/core'
import { network } from '../../network/network.svelte.ts'
import { PICTURES, type TestPicture, testPicture } from './test-pictures.ts'

/** Far below what is shown to people: the whole list counts. */
const LEAST_SCORE = 0.01

class TestSet {
  /** All of them, or none yet. */
  pictures = $state.raw<readonly TestPicture[]>([])
  /** What the network found in each; null until it has seen all. */
  found = $state.raw<readonly (readonly Detection[])[] | null>(null)
  /** How far that is: pictures made and pictures looked at. */
  made = $state(0)
  seen = $state(0)
  problem = $state.raw<unknown>(null)
  #making: Promise<void> | undefined
  #detecting: Promise<void> | undefined

  /** Makes the pictures, once. */
  make(): Promise<void> {
    this.#making ??= this.#make()
    return this.#making
  }

  /** Makes them, and lets the network look at them, once; again if that failed or there was no network. */
  detect(): Promise<void> {
    this.#detecting ??= this.#detect().finally(() => {
      if (this.found === null) this.#detecting = undefined
    })
    return this.#detecting
  }

  async #make(): Promise<void> {
    const pictures: TestPicture[] = []
    for (let i = 0; i < PICTURES; i++) {
      pictures.push(testPicture(i))
      this.made = i + 1
      await new Promise((resolve) => setTimeout(resolve)) // Lets the page draw.
    }
    this.pictures = pictures
  }

  async #detect(): Promise<void> {
    try {
      await this.make()
      const found: (readonly Detection[])[] = []
      for (const { image } of this.pictures) {
        const result = await network.detect(image, { scoreThreshold: LEAST_SCORE })
        if (result === null) return
        found.push(result.detections)
        this.seen = found.length
      }
      this.found = found
      this.problem = null
    } catch (error) {
      this.problem = error
    }
  }
}

/** The page's test set. */
export const testSet = new TestSet()

/** Whether the network knows any class of these pictures. */
export function knowsTheShapes(): boolean {
  return (
    network.model === null ||
    network.model.config.classes.some((name) => SHAPE_CLASSES.includes(name))
  )
}
