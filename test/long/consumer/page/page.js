/** A page that computes: what of the package a bundler for browsers has to take. */
import { boxIou, compileForDetection, detectImage, readModel } from 'singleshot/core'
import { createWebEngine } from 'singleshot/web'

const a = { x1: 0, y1: 0, x2: 2, y2: 2 }
document.title = `IoU ${boxIou(a, a)}`
globalThis.start = async (bytes, image) => {
  const { config, weights } = readModel(bytes, 'model.safetensors')
  const network = await compileForDetection(createWebEngine(), config, weights)
  return detectImage(network, image)
}
