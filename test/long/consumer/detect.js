/** Detects in an image with JavaScript alone. Arguments: a model or a run folder, and an image. */
import { detect, loadModel } from 'singleshot'

const [path, image] = process.argv.slice(2)
const model = await loadModel(path)
const found = await detect(model, image, { scoreThreshold: 0.01 })
console.log(`${found.length} found`)
await model.close()
