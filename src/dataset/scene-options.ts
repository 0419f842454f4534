/** @file What the scenes of the generated dataset look like: every default, once. */
import type { Size } from '../box/box.ts'

/** What scenes look like. Shares are 0..1, sides in pixels. */
export interface SceneOptions {
  readonly size: Size
  /** Fewest and most shapes of an ordinary scene. */
  readonly count: readonly [number, number]
  /** Fewest and most shapes of a crowded scene. */
  readonly crowdedCount: readonly [number, number]
  /** Share of scenes that are crowded, with smaller shapes. */
  readonly crowdedShare: number
  /** Share of scenes without any shape. */
  readonly emptyShare: number
  /** Mean side of the smallest shapes. */
  readonly minimumSide: number
  /** Mean side of the largest shapes, as a share of the picture's shorter side. */
  readonly maximumShare: number
  /** Shapes turn by up to so many radians either way; π is every way. */
  readonly largestTurn: number
  /** A shape of which less than this share of its area would be seen is not drawn. */
  readonly minimumVisible: number
}

/** Every default of the generated dataset. */
export const SCENE_OPTIONS: SceneOptions = {
  size: { width: 320, height: 240 }, // not square, so that swapped axes show
  count: [1, 6],
  crowdedCount: [10, 24],
  crowdedShare: 0.15,
  emptyShare: 0.05,
  minimumSide: 16, // two cells of SSD's finest feature map
  maximumShare: 0.6,
  largestTurn: Math.PI,
  minimumVisible: 0.25, // with less, people cannot name the shape either
}

/**
 * Scenes to look at, large and not too hard: few shapes, upright, large enough that a small network can name them.
 * The explorer shows these, and the model that comes with it has learned from these.
 */
export const LESSON_SCENES: SceneOptions = {
  ...SCENE_OPTIONS,
  size: { width: 512, height: 384 },
  count: [2, 5],
  crowdedCount: [6, 10],
  crowdedShare: 0.08,
  minimumSide: 70,
  largestTurn: 0.3,
}

/** Where a generated dataset begins, unless told otherwise. */
export const SHAPES_DEFAULTS = { seed: 0, first: 0 } as const

/** Which scenes to generate. */
export interface ShapesOptions {
  /** Number of scenes. */
  readonly scenes: number
  /** Names the dataset. Default 0. */
  readonly seed?: number
  /** Number of the first scene, so that training and test sets can be cut from one dataset. Default 0. */
  readonly first?: number
  /** What differs from SCENE_OPTIONS. */
  readonly scene?: Partial<SceneOptions>
}
