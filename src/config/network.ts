/**
 * @file The networks that a detector can be built on, and the numbers that shape each. Whatever is not named
 * here follows from the network's own definition (src/network/).
 */
import { z } from 'zod'

/** Channels of one layer: VGG's widest has 1024. */
const channels = z.number().int().min(1).max(4096)
/** Blocks one after another: after eleven halvings the largest input is one pixel. */
const MOST_BLOCKS = 11
/** Layers between two halvings. */
const MOST_LAYERS = 32
/** Side, movement or border of a window, pixels. */
const LARGEST_WINDOW = 16

/** Our own small network: a plain stack of 3x3 layers. */
const tinySchema = z.strictObject({
  name: z.literal('tiny'),
  /** Channels after each halving of the picture: strides 2, 4, 8, 16, ... */
  channels: z.array(channels).min(1).max(MOST_BLOCKS),
  /** 3x3 layers at each of those strides; the first one halves. */
  layers: z.array(z.number().int().min(1).max(MOST_LAYERS)).min(1).max(MOST_BLOCKS),
})

/** One of SSD's extra blocks: a 1x1 layer that squeezes, then a layer that shrinks the map. */
const extraSchema = z.strictObject({
  /** Channels between and after the two layers. */
  channels: z.tuple([channels, channels]),
  kernel: z.number().int().min(1).max(LARGEST_WINDOW),
  stride: z.number().int().min(1).max(LARGEST_WINDOW),
  padding: z.number().int().min(0).max(LARGEST_WINDOW),
})

/** VGG16 with dilated fc6 and fc7 as convolutions: the SSD paper's. */
const vgg16Schema = z.strictObject({
  name: z.literal('vgg16'),
  /** Blocks after fc7, each one more feature map. */
  extras: z.array(extraSchema).max(MOST_BLOCKS),
  /** First length of conv4_3's pixels after their L2 normalisation (ParseNet: 20). */
  l2Scale: z.number().positive().max(1e6),
})

/** MobileNetV3-Large, with SSDLite's separable heads. */
const mobileNetSchema = z.strictObject({
  name: z.literal('mobilenet-v3-large'),
  /** Channels of the extra blocks, each one more feature map; inside, a block has half of them. */
  extras: z.array(channels.multipleOf(2)).max(MOST_BLOCKS),
})

/** ResNet34 with Lesson 9's heads. */
const resNetSchema = z.strictObject({
  name: z.literal('resnet34'),
  /** How many grids answer, from 4x4 on (at 224 pixels). */
  grids: z.number().int().min(1).max(3),
})

/** The layers of a network. */
export const networkSchema = z.discriminatedUnion('name', [
  tinySchema,
  vgg16Schema,
  mobileNetSchema,
  resNetSchema,
])

/** The layers of a network. */
export type NetworkConfig = z.infer<typeof networkSchema>
/** The layers of `tiny`. */
export type TinyConfig = z.infer<typeof tinySchema>
/** The layers of VGG16. */
export type Vgg16Config = z.infer<typeof vgg16Schema>
/** The layers of MobileNetV3-Large. */
export type MobileNetConfig = z.infer<typeof mobileNetSchema>
/** The layers of ResNet34. */
export type ResNetConfig = z.infer<typeof resNetSchema>
/** One of VGG16's extra blocks. */
export type ExtraConfig = z.infer<typeof extraSchema>
