/**
 * @file Everything a detector is, but its weights: what it looks at, where, for what, and how its answers
 * are read. A model file carries exactly this beside the weights, so that a detector can never be run with
 * other anchors, other preprocessing or another class list than it was trained with.
 *
 * The schema is the one place where a setting is named, typed and bounded; the numbers of each
 * detector are in the presets.
 */
import { z } from 'zod'
import { anchorLayoutSchema, featureMapSchema } from './feature-maps.ts'
import { lossSchema } from './loss.ts'
import { networkSchema } from './network.ts'

const positive = z.number().positive()
const share = z.number().min(0).max(1)
const count = z.number().int().min(1)

/** Width and height in pixels. */
const sizeSchema = z.strictObject({ width: count, height: count })

/** How offsets say "move and stretch" (src/match/box-coder.ts). */
const boxCoderSchema = z.discriminatedUnion('name', [
  /** SSD's: moves in anchor sizes, stretches in logarithms, divided by the scale of dx, dy, dw, dh. */
  z.strictObject({
    name: z.literal('log'),
    offsetScale: z.tuple([positive, positive, positive, positive]),
  }),
  /** Lesson 9's: a centre moves by at most half a cell, a side is halved at least and 1.5-fold at most. */
  z.strictObject({ name: z.literal('tanh') }),
])

/** How objects find their anchors. */
const matchSchema = z.strictObject({
  /** An anchor with at least this IoU answers for the object (SSD paper, section 2.2: 0.5). */
  matchIouThreshold: share,
  /** 'bipartite': no object ever loses its anchor (Caffe); 'overwriting': torchvision's way. */
  matcher: z.enum(['bipartite', 'overwriting']),
})

/** How answers become detections. */
const detectSchema = z.strictObject({
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
const normalisationSchema = z.strictObject({
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([positive, positive, positive]),
})

/** The description of a detector. */
export const modelSchema = z.strictObject({
  network: networkSchema,
  /** Size of the network's input; every picture is warped to it. */
  input: sizeSchema,
  /** Class names in class-id order, without background. */
  classes: z.array(z.string().min(1)).min(1),
  featureMaps: z.array(featureMapSchema).min(1),
  anchorLayout: anchorLayoutSchema,
  boxCoder: boxCoderSchema,
  normalisation: normalisationSchema,
  match: matchSchema,
  loss: lossSchema,
  detect: detectSchema,
})

/** The description of a detector: see {@link modelSchema}. */
export type ModelConfig = z.infer<typeof modelSchema>
/** How objects find their anchors. */
export type MatchConfig = z.infer<typeof matchSchema>
/** How offsets say "move and stretch". */
export type BoxCoder = ModelConfig['boxCoder']
/** How answers become detections. */
export type DetectConfig = z.infer<typeof detectSchema>
/** How bytes become numbers around 0. */
export type Normalisation = z.infer<typeof normalisationSchema>
