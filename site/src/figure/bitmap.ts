/** @file RGB bytes as something a canvas can draw. */
import type { Image } from 'singleshot/core'

const kept = new WeakMap<Image, HTMLCanvasElement>()

/** A picture as a canvas of its own size; made once for each picture. */
export function bitmapOf(image: Image): HTMLCanvasElement {
  const before = kept.get(image)
  if (before !== undefined) return before
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  const context = canvas.getContext('2d')
  if (context !== null) {
    const pixels = context.createImageData(image.width, image.height)
    for (let from = 0, to = 0; from < image.data.length; from += 3, to += 4) {
      pixels.data[to] = image.data[from]!
      pixels.data[to + 1] = image.data[from + 1]!
      pixels.data[to + 2] = image.data[from + 2]!
      pixels.data[to + 3] = 255
    }
    context.putImageData(pixels, 0, 0)
  }
  kept.set(image, canvas)
  return canvas
}
