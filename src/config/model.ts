/**
 * @file Everything a detector is, but its weights: what it looks at, where, for what, and how its answers
 * are read. A model file carries exactly this beside the weights, so that a detector can never be run with
 * other anchors, other preprocessing or another class list than it was trained with.
 *
 * The schema is the one place where a setting is named, typed and bounded; the defaults are in tiny.ts.
 */
import { z } from 'zod'

const positive = z.number().positive()
const share = z.number().min(0).max(1)
const count = z.number().int().min(1)

/** Width and height in pixels. */
const sizeSchema = z.object({ width: count, height: count })

/** Which anchors the cells of one feature map carry. */
const featureMapSchema = z.object({
  /** Input pixels from one cell to the next. */
  stride: count,
  /** Sides of the square anchors, in input pixels; other aspect ratios keep the area. */
  sizes: z.array(positive).min(1),
  /** Width divided by height. */
  aspectRatios: z.array(positive).min(1),
})

/** How objects find their anchors. */
const matchSchema = z.object({
  /** An anchor with at least this IoU answers for the object (SSD paper, section 2.2: 0.5). */
  matchIouThreshold: share,
  /** 'bipartite': no object ever loses its anchor (Caffe); 'overwriting': torchvision's way. */
  matcher: z.enum(['bipartite', 'overwriting']),
})

/** What the network is punished for. */
const lossSchema = z.object({
  /** Hard negatives that take part for each positive (SSD paper, section 2.2: 3). */
  negativesPerPositive: z.number().min(0),
  /** At least so many negatives an image, so that an image without objects teaches too. */
  minimumNegatives: z.number().int().min(0),
  /** Offset error at which smooth L1 turns from a parabola into a straight line. */
  smoothL1Beta: positive,
})

/** How answers become detections. */
const detectSchema = z.object({
  /** Least score that is looked at at all; a program that shows boxes uses a higher one. */
  scoreThreshold: share,
  /** Of two boxes of one class that overlap more than this, the better one stays. */
  nmsIouThreshold: share,
  /** Best candidates a class that enter NMS. */
  maxCandidates: count,
  /** Detections an image. */
  maxDetections: count,
})

/** Bytes 0..255 become (value - mean) / std, for red, green, blue. */
const normalisationSchema = z.object({
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([positive, positive, positive]),
})

/** The layers of `tiny`. */
const networkSchema = z.object({
  name: z.literal('tiny'),
  /** Channels after each halving of the picture: strides 2, 4, 8, 16, ... */
  channels: z.array(count).min(1),
  /** 3x3 layers at each of those strides; the first one halves. */
  layers: z.array(count).min(1),
})

/** The description of a detector. */
export const modelSchema = z.object({
  network: networkSchema,
  /** Size of the network's input; every picture is warped to it. */
  input: sizeSchema,
  /** Class names in class-id order, without background. */
  classes: z.array(z.string().min(1)).min(1),
  featureMaps: z.array(featureMapSchema).min(1),
  /** Multiplies the offsets: standard deviations of dx, dy, dw, dh (SSD: 0.1, 0.1, 0.2, 0.2). */
  offsetScale: z.tuple([positive, positive, positive, positive]),
  normalisation: normalisationSchema,
  match: matchSchema,
  loss: lossSchema,
  detect: detectSchema,
})

/** The description of a detector: see {@link modelSchema}. */
export type ModelConfig = z.infer<typeof modelSchema>
/** The anchors of one feature map. */
export type FeatureMapConfig = z.infer<typeof featureMapSchema>
/** How objects find their anchors. */
export type MatchConfig = z.infer<typeof matchSchema>
/** What the network is punished for. */
export type LossConfig = z.infer<typeof lossSchema>
/** How answers become detections. */
export type DetectConfig = z.infer<typeof detectSchema>
/** How bytes become numbers around 0. */
export type Normalisation = z.infer<typeof normalisationSchema>
/** The layers of a network. */
export type NetworkConfig = z.infer<typeof networkSchema>
