/**
 * @file Every number of the augmentation, once, with its source: Liu et al. 2016, "SSD: Single Shot
 * MultiBox Detector", section 2.2 "Data augmentation" and section 3.6, and the authors' training script
 * (ssd_pascal.py: `batch_sampler`, `train_transform_param`).
 */
import type { Rgb } from '../image/image.ts'

/** Smallest and largest value of something that is drawn. */
export type Range = readonly [low: number, high: number]

/** How pictures are varied. Leave out nothing: start from {@link SSD_AUGMENTATION} and change what you need. */
export interface AugmentOptions {
  readonly colour: ColourOptions
  readonly expand: ExpandOptions
  readonly crop: CropOptions
  readonly jitter: JitterOptions
  readonly flip: FlipOptions
  readonly turn: TurnOptions
  readonly mosaic: MosaicOptions
  /** Colour around a picture that was zoomed out, 0..255; it changes with the picture's colours. */
  readonly fill: Rgb
  /** An object whose side becomes shorter than this, in pixels of the network's input, is dropped. */
  readonly minimumSide: number
}

/** Each change of colour happens on its own with its probability, 0..1. */
export interface ColourOptions {
  readonly probability: number
  /** Added to every channel: -brightness..brightness, in units of 0..255. */
  readonly brightness: number
  /** Every channel is multiplied by this. */
  readonly contrast: Range
  /** 0 is grey, 1 is unchanged. */
  readonly saturation: Range
  /** Colours turn by -hue..hue degrees on the colour wheel. */
  readonly hue: number
}

/** Zooming out: the picture becomes a part of a larger canvas. */
export interface ExpandOptions {
  /** 0..1 */
  readonly probability: number
  /** Sides of the canvas as multiples of the picture's, from 1 up. */
  readonly ratio: Range
}

/** Zooming in on a part that still shows an object. */
export interface CropOptions {
  /** 0..1; how often the crop is considered at all (one of its choices is to leave the picture whole). */
  readonly probability: number
  /**
   * One is drawn: `whole` leaves the picture, `free` accepts any crop that holds the centre of an object,
   * a number (0..1) asks in addition for an object with at least this IoU with the crop.
   */
  readonly choices: readonly ('whole' | 'free' | number)[]
  /** Square root of the crop's share of the picture's area, within 0..1. */
  readonly scale: Range
  /** Width / height of the crop, relative to the picture's. */
  readonly aspectRatio: Range
  /** After this many crops that did not fit, the picture stays whole. */
  readonly trials: number
}

/** Zoom in or out about a random place; an alternative to expand and crop. */
export interface JitterOptions {
  /** 0..1; when it happens, expand and crop do not. */
  readonly probability: number
  /** 0.5 shows the picture at half its size, 2 shows a quarter of its area. */
  readonly zoom: Range
}

/** Mirror images. */
export interface FlipOptions {
  /** Left for right, 0..1. */
  readonly horizontal: number
  /** Top for bottom, 0..1: for pictures without an up and down (cells, aerial views). */
  readonly vertical: number
}

/** Pictures that lean: turned about their middle. */
export interface TurnOptions {
  /** 0..1 */
  readonly probability: number
  /** Turned by -degrees..degrees, 0..{@link LARGEST_TURN}. */
  readonly degrees: number
}

/** Four pictures in one, each varied by itself. */
export interface MosaicOptions {
  /** 0..1 */
  readonly probability: number
  /** Where the four meet, as shares of the width and of the height, 0..1. */
  readonly centre: Range
}

/** Degrees: beyond it, what becomes of a label is a guess (image/turn.ts). */
export const LARGEST_TURN = 45

/** Nothing is turned; if it were, as far as YOLOv5's setting for photographs that lean. */
export const NO_TURN: TurnOptions = { probability: 0, degrees: 10 }

/** No mosaics; where the four would meet is YOLOv4's middle half, a little narrower. */
export const NO_MOSAIC: MosaicOptions = { probability: 0, centre: [0.3, 0.7] }

/** Which mirror images are shown, by the names that the command line uses. */
export const FLIPS: Readonly<Record<'none' | 'horizontal' | 'vertical' | 'both', FlipOptions>> = {
  none: { horizontal: 0, vertical: 0 },
  horizontal: { horizontal: 0.5, vertical: 0 },
  vertical: { horizontal: 0, vertical: 0.5 },
  both: { horizontal: 0.5, vertical: 0.5 },
}

/** SSD's own augmentation. */
export const SSD_AUGMENTATION: AugmentOptions = {
  // ssd_pascal.py distort_param: brightness_delta 32, contrast and saturation .5 to 1.5, hue_delta 18.
  colour: {
    probability: 0.5,
    brightness: 32,
    contrast: [0.5, 1.5],
    saturation: [0.5, 1.5],
    hue: 18,
  },
  // Section 3.6: "a random expansion", up to 16 times the area; expand_param prob .5, max_expand_ratio 4.
  expand: { probability: 0.5, ratio: [1, 4] },
  // Section 2.2: the whole image, a patch with minimum IoU .1 to .9, or a random patch; sides .3 to 1 of
  // the picture's, aspect ratio .5 to 2, max_trials 50 (all in batch_sampler).
  crop: {
    probability: 1,
    choices: ['whole', 0.1, 0.3, 0.5, 0.7, 0.9, 'free'],
    scale: [0.3, 1],
    aspectRatio: [0.5, 2],
    trials: 50,
  },
  jitter: { probability: 0, zoom: [0.5, 2] },
  flip: FLIPS.horizontal,
  turn: NO_TURN,
  mosaic: NO_MOSAIC,
  // The mean colour of ImageNet, which the original subtracts as (104, 117, 123) in the order BGR.
  fill: [123, 117, 104],
  // One pixel; its centre-size form then still has a finite logarithm.
  minimumSide: 1,
}

/**
 * Milder variations, for runs of minutes: every picture zoomed a little about a random place, in slightly
 * other light. SSD's own are made for 120,000 steps; within 20 epochs they cost more than they gave, and
 * flips alone were learned by heart (docs/log.md).
 */
export const MILD_AUGMENTATION: AugmentOptions = {
  ...SSD_AUGMENTATION,
  colour: {
    probability: 0.5,
    brightness: 24,
    contrast: [0.7, 1.3],
    saturation: [0.7, 1.3],
    hue: 10,
  },
  expand: { ...SSD_AUGMENTATION.expand, probability: 0 },
  crop: { ...SSD_AUGMENTATION.crop, probability: 0 },
  jitter: { probability: 1, zoom: [0.8, 1.25] },
}

/** The milder variations, and every other image a mosaic: for small objects, and for few pictures. */
export const MOSAIC_AUGMENTATION: AugmentOptions = {
  ...MILD_AUGMENTATION,
  mosaic: { ...NO_MOSAIC, probability: 0.5 },
}

/** torchvision's for SSDLite: crops and mirroring, no change of colour, nothing around. Source: its references/detection/presets.py. */
export const SSDLITE_AUGMENTATION: AugmentOptions = {
  ...SSD_AUGMENTATION,
  colour: { ...SSD_AUGMENTATION.colour, probability: 0 },
  expand: { ...SSD_AUGMENTATION.expand, probability: 0 },
}

/** Nothing is varied: the whole picture, as it is. */
export const NO_AUGMENTATION: AugmentOptions = {
  ...SSD_AUGMENTATION,
  colour: { ...SSD_AUGMENTATION.colour, probability: 0 },
  expand: { ...SSD_AUGMENTATION.expand, probability: 0 },
  crop: { ...SSD_AUGMENTATION.crop, probability: 0 },
  flip: FLIPS.none,
}

/** The sets by the names that the command line uses. */
export const AUGMENTATIONS = {
  mild: MILD_AUGMENTATION,
  mosaic: MOSAIC_AUGMENTATION,
  ssd: SSD_AUGMENTATION,
  ssdlite: SSDLITE_AUGMENTATION,
  none: NO_AUGMENTATION,
} as const
