/** @file What the numbers of generated scenes may be: see {@link SceneOptions} for what they mean. */
import * as z from 'zod'
import { LARGEST_SEED } from '../check/limits.ts'
import type { SceneOptions, ShapesOptions } from './scene-options.ts'

const share = z.number().min(0).max(1)

/** Sides of a scene, pixels. */
export const SCENE_SIDES = { min: 32, max: 4096 } as const
/** Far more shapes than are ever placed: each must show a quarter of itself. */
export const MOST_SHAPES = 100
/** Side of the smallest shapes, pixels. */
export const SMALLEST_SIDES = { min: 4, max: 4096 } as const
/** Scenes of one dataset: their ids have six digits. */
export const MOST_SCENES = 1_000_000

const side = z.number().int().min(SCENE_SIDES.min).max(SCENE_SIDES.max)
const shapes = z.number().int().min(0).max(MOST_SHAPES)
const fewestAndMost = z
  .tuple([shapes, shapes])
  .refine(([fewest, most]) => fewest <= most, 'expected the smaller number first')

const sceneSchema = z.strictObject({
  size: z.strictObject({ width: side, height: side }),
  count: fewestAndMost,
  crowdedCount: fewestAndMost,
  crowdedShare: share,
  emptyShare: share,
  minimumSide: z.number().min(SMALLEST_SIDES.min).max(SMALLEST_SIDES.max),
  maximumShare: share,
  largestTurn: z.number().min(0).max(Math.PI),
  minimumVisible: share,
} satisfies Record<keyof SceneOptions, z.ZodType>)

/** What differs from the scenes' defaults. */
export const sceneOptionsSchema = sceneSchema.partial()

/** The parts of ShapesOptions. */
export const shapesParts = {
  scenes: z.number().int().min(1).max(MOST_SCENES),
  seed: z.number().int().min(0).max(LARGEST_SEED).optional(),
  first: z.number().int().min(0).max(LARGEST_SEED).optional(),
  scene: sceneOptionsSchema.optional(),
} satisfies Record<keyof ShapesOptions, z.ZodType>

/** Which scenes to generate: see ShapesOptions. */
export const shapesOptionsSchema = z.strictObject(shapesParts)
