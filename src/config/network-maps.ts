/**
 * @file Which feature maps a network makes for an input, and about how many weights it takes, reckoned without building
 * it: a description that does not hang together, or that would fill the memory, is refused before anything is built.
 * A test builds every network and compares.
 */
import type { Size } from '../box/box.ts'
import type { ExtraConfig, MobileNetConfig, NetworkConfig, TinyConfig } from './network.ts'

/** One feature map: cells across and down (0 where the input is too small for it), and channels. */
export interface NetworkMap extends Size {
  readonly channels: number
}

/** What a network is, counted. */
export interface NetworkPlan {
  /** Every map that heads can read, finest first. */
  readonly maps: readonly NetworkMap[]
  /** Weights below the heads, about; a fixed backbone's own ones are left out. */
  readonly weights: number
}

/** Reckons what a network makes. @param input pixels */
export function planNetwork(network: NetworkConfig, input: Size): NetworkPlan {
  switch (network.name) {
    case 'tiny':
      return planTiny(network, input)
    case 'vgg16':
      return planVgg16(network.extras, input)
    case 'mobilenet-v3-large':
      return planMobileNet(network, input)
    case 'resnet34':
      return { maps: halvings(input, 6, Array(network.grids).fill(256)), weights: 0 }
  }
}

/** Strides 2, 4, 8, ...: heads choose among them. */
function planTiny({ channels, layers }: TinyConfig, input: Size): NetworkPlan {
  const weights = channels.map((width, i) => {
    const first = (channels[i - 1] ?? 3) * width
    return 9 * (first + ((layers[i] ?? 1) - 1) * width * width)
  })
  return { maps: halvings(input, 1, channels), weights: sum(weights) }
}

/** Strides 16 and 32, then an extra block for each further halving. */
function planMobileNet({ extras }: MobileNetConfig, input: Size): NetworkPlan {
  const channels = [672, 480, ...extras]
  const weights = extras.map((after, i) => ((channels[i + 1]! + after) * after) / 2)
  return { maps: halvings(input, 4, channels), weights: sum(weights) }
}

/** Pools that lose an odd row, one that keeps it, and extra blocks that shrink by their own numbers. */
function planVgg16(extras: readonly ExtraConfig[], input: Size): NetworkPlan {
  const conv4 = eachSide(input, (side) => Math.ceil(Math.floor(Math.floor(side / 2) / 2) / 2))
  const fc7 = eachSide(conv4, (side) => Math.floor(side / 2))
  const maps: NetworkMap[] = [
    { ...conv4, channels: 512 },
    { ...fc7, channels: 1024 },
  ]
  let weights = 0
  for (const { channels, kernel, stride, padding } of extras) {
    const before = maps.at(-1)!
    const [between, after] = channels
    const shrink = (side: number) => Math.floor((side + 2 * padding - kernel) / stride) + 1
    maps.push({ ...eachSide(before, shrink), channels: after })
    weights += before.channels * between + between * after * kernel * kernel
  }
  return { maps, weights }
}

/** Maps that halve, rounding up. @param first halvings before the first map */
function halvings(input: Size, first: number, channels: readonly number[]): NetworkMap[] {
  return channels.map((width, i) => ({
    ...eachSide(input, (side) => Math.ceil(side / 2 ** (first + i))),
    channels: width,
  }))
}

/** A side of a map that is already empty stays so. */
function eachSide({ width, height }: Size, shrink: (side: number) => number): Size {
  const side = (length: number) => (length < 1 ? 0 : Math.max(0, shrink(length)))
  return { width: side(width), height: side(height) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
