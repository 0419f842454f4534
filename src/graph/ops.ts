/**
 * @file Every operator, as a table of contents. Each is one file in ops/: shape rule, ONNX nodes, gradient.
 *
 * Read in this order: relu.ts (the smallest: one node, one gradient), elementwise.ts and add.ts (broadcasting, and what
 * its gradient sums up), matmul.ts (two gradients that are products too), reduce.ts, gather.ts (a gradient that scatters),
 * batch-norm.ts (a gradient worked out by hand), then conv2d.ts, which says how to go on from there.
 */
export { absolute } from './ops/absolute.ts'
export { add } from './ops/add.ts'
export {
  BATCH_NORM_EPSILON,
  batchNorm,
  batchNormOfBatch,
  channelMoments,
  type Moments,
} from './ops/batch-norm.ts'
export { cast } from './ops/cast.ts'
export { channelAffine, channelSum } from './ops/channel-affine.ts'
export { type ClipRange, clip } from './ops/clip.ts'
export { and, equal, greater, less, or } from './ops/compare.ts'
export { concat } from './ops/concat.ts'
export { type Conv2dOptions, conv2d } from './ops/conv2d.ts'
export { divide } from './ops/divide.ts'
export { expand } from './ops/expand.ts'
export { exponential } from './ops/exponential.ts'
export { gather } from './ops/gather.ts'
export { globalAveragePool } from './ops/global-average-pool.ts'
export { hardSigmoid } from './ops/hard-sigmoid.ts'
export { hardSwish } from './ops/hard-swish.ts'
export { l2Normalise } from './ops/l2-norm.ts'
export { logSoftmax } from './ops/log-softmax.ts'
export { logarithm } from './ops/logarithm.ts'
export { type MatmulOptions, matmul } from './ops/matmul.ts'
export { type MaxPoolOptions, maxPool } from './ops/max-pool.ts'
export { maxReduce } from './ops/max-reduce.ts'
export { maximum } from './ops/maximum.ts'
export { minimum } from './ops/minimum.ts'
export { multiply } from './ops/multiply.ts'
export { negate } from './ops/negate.ts'
export { oneHot } from './ops/one-hot.ts'
export { type Padding, pad } from './ops/pad.ts'
export { rank } from './ops/rank.ts'
export { mean, sum, total } from './ops/reduce.ts'
export { relu } from './ops/relu.ts'
export { relu6 } from './ops/relu6.ts'
export { reshape } from './ops/reshape.ts'
export { sigmoid } from './ops/sigmoid.ts'
export { type SliceRange, slice } from './ops/slice.ts'
export { squareRoot } from './ops/square-root.ts'
export { stopGradient } from './ops/stop-gradient.ts'
export { subtract } from './ops/subtract.ts'
export { tanh } from './ops/tanh.ts'
export { transpose } from './ops/transpose.ts'
export { upsample } from './ops/upsample.ts'
export { where } from './ops/where.ts'
