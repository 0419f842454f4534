/**
 * @file Where the output pixels of one axis look in the source: worked out once, used for every row.
 *
 *     u = scale · (i + 0.5) + shift      inside if 0 <= u < extent
 *     near = floor(u - 0.5), far = near + 1, mix = u - 0.5 - near       (near and far held inside the source)
 */

/** One axis of a bilinear sampling: output pixels `start` up to `end` lie in the source, the others outside. */
export interface AxisPlan {
  readonly start: number
  readonly end: number
  /** [output pixels] The source pixel on the lower side. */
  readonly near: Int32Array
  /** [output pixels] The source pixel on the upper side. */
  readonly far: Int32Array
  /** [output pixels] The share of `far`, 0..1. */
  readonly mix: Float32Array
}

/** The source along one axis. */
export interface SourceAxis {
  /** Pixels that are stored. */
  readonly count: number
  /** Where the picture ends, in the same pixels; less than `count` where a halving rounded up. */
  readonly extent: number
}

/**
 * Plans one axis.
 * @param scale source pixels for each output pixel; negative for a flip
 * @param shift source pixels
 * @param outputs number of output pixels
 */
export function planAxis(
  scale: number,
  shift: number,
  outputs: number,
  { count, extent }: SourceAxis,
): AxisPlan {
  const near = new Int32Array(outputs)
  const far = new Int32Array(outputs)
  const mix = new Float32Array(outputs)
  let start = outputs
  let end = 0
  for (let i = 0; i < outputs; i++) {
    const u = scale * (i + 0.5) + shift
    if (!(u >= 0 && u < extent)) continue
    start = Math.min(start, i)
    end = i + 1
    const lower = Math.floor(u - 0.5)
    near[i] = Math.max(0, lower)
    far[i] = Math.min(count - 1, lower + 1)
    mix[i] = u - 0.5 - lower
  }
  return { start, end, near, far, mix }
}
