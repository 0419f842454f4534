/**
 * @file The two heads: at every cell of every feature map, and for each of its anchors, one small window
 * says what is there (class logits) and another how to move the anchor onto it (offsets).
 *
 * Shapes: map [N, C, H, W]; logits [N, H·W·anchors, K]; offsets [N, H·W·anchors, 4]. The anchors' order is
 * row, column, shape: the same as that of the anchor list.
 */
import { conv2d, reshape, transpose } from '../graph/ops.ts'
import { elementCount, type Tensor } from '../graph/tensor.ts'
import type { Answers } from '../loss/answers.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import type { HeadStyle } from './backbones/backbone.ts'
import { backboneOf } from './backbones/backbones.ts'
import type { NetworkDescription } from './description.ts'
import { filled, normal } from './initialise.ts'
import { convBlock } from './layers.ts'
import type { Initialiser, Scope } from './scope.ts'
import { SSDLITE_BLOCK } from './ssdlite.ts'

/** Small first weights, so that a fresh network's answers hardly differ from its prior (RetinaNet, section 4.1). */
const HEAD_DEVIATION = 0.01

/**
 * The chance that a fresh network gives to "some object" at an anchor. Nearly all anchors see background;
 * starting there spares the first hundred steps (RetinaNet, section 3.3: 0.01; with 3:1 mining the truth
 * that the loss sees is far higher, and 0.1 was measured to be no worse: docs/log.md).
 */
const OBJECT_PRIOR = 0.1

/** Where the head's weights are among a network's. */
export const HEAD = 'head'
const CLASS_PART = 'classification_head'
const OFFSET_PART = 'regression_head'
const LEVELS = 'module_list'

/** The beginning of the names of the weights that say which class; they cannot be kept when the classes change. */
export const CLASS_HEAD = `${HEAD}.${CLASS_PART}`

interface HeadStyleRecord {
  /** Builds it. @returns [N, H·W·anchors, numbers] */
  readonly answer: typeof plainAnswer
  /** The layer that outputs the numbers, by its name within the head of a level. */
  readonly outputLayer: string
}

const HEAD_STYLES: Readonly<Record<HeadStyle, HeadStyleRecord>> = {
  plain: { answer: plainAnswer, outputLayer: '' },
  separable: { answer: separableAnswer, outputLayer: '.1' },
}

/** The name of the weight that makes the class logits of the finest map. */
export function classWeightName({ network }: Pick<NetworkDescription, 'network'>): string {
  return `${CLASS_HEAD}.${LEVELS}.0${styleOf(network).outputLayer}.weight`
}

function styleOf(network: NetworkDescription['network']): HeadStyleRecord {
  return HEAD_STYLES[backboneOf(network).head ?? 'plain']
}

/**
 * Both heads on one feature map.
 * @param scope `head`; the weights' names below it are torchvision's
 * @param level 0-based number of the map @param anchors anchors a cell
 */
export function head(
  scope: Scope,
  map: Tensor,
  { level, anchors }: { readonly level: number; readonly anchors: number },
  config: NetworkDescription,
): Answers {
  const part = (name: string) => scope.within(name).within(LEVELS).within(level)
  const classes = config.classes.length + 1
  const prior = classLossOf(config.loss.classLoss).prior(OBJECT_PRIOR, classes)
  const { answer } = styleOf(config.network)
  return {
    logits: answer(part(CLASS_PART), map, anchors, classes, repeated(prior)),
    offsets: answer(part(OFFSET_PART), map, anchors, 4, filled(0)),
  }
}

/** A 3x3 window with bias. */
function plainAnswer(
  scope: Scope,
  map: Tensor,
  anchors: number,
  numbers: number,
  bias: Initialiser,
): Tensor {
  return byAnchor(window(scope, map, 3, anchors * numbers, bias), anchors, numbers)
}

/** SSDLite's: a 3x3 window a channel, then a 1x1 with bias. */
function separableAnswer(
  scope: Scope,
  map: Tensor,
  anchors: number,
  numbers: number,
  bias: Initialiser,
): Tensor {
  const channels = map.shape[1]!
  const block = { ...SSDLITE_BLOCK, activation: 'relu6', groups: channels } as const
  const seen = convBlock(scope.within(0), map, channels, block)
  return byAnchor(window(scope.within(1), seen, 1, anchors * numbers, bias), anchors, numbers)
}

function window(scope: Scope, map: Tensor, kernel: number, outputs: number, bias: Initialiser) {
  const shape = [outputs, map.shape[1]!, kernel, kernel]
  const weights = scope.parameter('weight', shape, normal(HEAD_DEVIATION))
  const shift = scope.parameter('bias', [outputs], bias, { decay: false })
  return conv2d(map, weights, { padding: (kernel - 1) / 2, bias: shift })
}

/** Channels laid out as one row an anchor: [N, anchors·numbers, H, W] to [N, H·W·anchors, numbers]. */
function byAnchor(raw: Tensor, anchors: number, numbers: number): Tensor {
  const [n, , height, width] = raw.shape as [number, number, number, number]
  const split = reshape(raw, [n, anchors, numbers, height, width])
  return reshape(transpose(split, [0, 3, 4, 1, 2]), [n, height * width * anchors, numbers])
}

/** The same numbers for each anchor. */
function repeated(numbers: readonly number[]): Initialiser {
  return (shape) =>
    Float32Array.from({ length: elementCount(shape) }, (_, i) => numbers[i % numbers.length]!)
}
