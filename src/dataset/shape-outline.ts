/**
 * @file The outlines of the generated shapes, as signed distances: below 0 inside, above 0 outside, 0 on
 * the edge. Each shape fits in -1..1 on both axes, with y pointing down as in pictures. Near its edge a
 * value is (nearly) the distance to it, which is what smooth edges need.
 */

/** The signed distance of a point from the edge of a shape. */
export type Outline = (x: number, y: number) => number

/** A polygon of n equal spikes, one of them pointing up; with the valleys at cos(180° / n) its sides are straight. */
function spikes(count: number, valleyRadius: number): Outline {
  const half = Math.PI / count
  const x = valleyRadius * Math.cos(half)
  const y = valleyRadius * Math.sin(half)
  const length = Math.hypot(y, 1 - x)
  return (px, py) => {
    // The angle from the nearest tip, -half..half, by turning the tips onto each other.
    const turn = Math.atan2(px, -py) / (2 * half)
    const angle = (turn - Math.round(turn)) * 2 * half
    const radius = Math.hypot(px, py)
    const along = radius * Math.cos(angle)
    const across = radius * Math.abs(Math.sin(angle))
    // The side runs from the tip (1, 0) to the valley (x, y); its normal is (y, 1 - x) / length.
    return ((along - 1) * y + across * (1 - x)) / length
  }
}

const circle: Outline = (x, y) => Math.hypot(x, y) - 1

const square: Outline = (x, y) => Math.max(Math.abs(x), Math.abs(y)) - 1

/** A third of the radius is solid. */
const ring: Outline = (x, y) => Math.abs(Math.hypot(x, y) - 0.82) - 0.18

/** Arms 0.64 wide and 2 long. */
const cross: Outline = (x, y) => {
  const long = Math.max(Math.abs(x), Math.abs(y))
  const short = Math.min(Math.abs(x), Math.abs(y))
  return Math.max(long - 1, short - 0.32)
}

/** A square on its corner, with half a disc on each upper side; 1.1716 is the side that makes it 2 wide. */
const heart: Outline = (x, y) => {
  const side = 1.1716
  const lobe = side / (2 * Math.SQRT2)
  // Moved down by 0.086, so that it reaches as far up as down.
  const up = -(y - 0.086)
  const diamond = (Math.abs(x) + Math.abs(up)) / Math.SQRT2 - side / 2
  return Math.min(diamond, Math.hypot(Math.abs(x) - lobe, up - lobe) - side / 2)
}

/** A disc with a bite of another disc. */
const moon: Outline = (x, y) => Math.max(Math.hypot(x, y) - 1, 0.82 - Math.hypot(x - 0.5, y))

/** Every shape by its class name. In alphabetical order, so that class ids survive a trip through files. */
export const OUTLINES: Readonly<Record<string, Outline>> = {
  circle,
  cross,
  heart,
  moon,
  ring,
  square,
  star: spikes(5, 0.45),
  triangle: spikes(3, 0.5),
}

/** The classes of the generated dataset, in class-id order. */
export const SHAPE_CLASSES: readonly string[] = Object.keys(OUTLINES)
