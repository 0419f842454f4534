/** @file What a labelled dataset is: examples (an image and the objects in it), a class list, and what was wrong. */
import type { Box, Size } from '../box/box.ts'
import type { SingleshotError } from '../error/singleshot-error.ts'

/** One labelled object: the ground truth of an image. */
export interface GroundTruth {
  /** Corners in pixels of the original, upright image; inside it, with positive width and height. */
  readonly box: Box
  /** 0-based position in the dataset's class list. Background is not in it. */
  readonly classId: number
  /** VOC's flag: trained on, but counted neither way when judging. */
  readonly difficult: boolean
  /** COCO's flag: many objects in one box. It counts neither way, in training and when judging. */
  readonly crowd?: boolean
}

/** One image with its objects (possibly none: such an image teaches what background looks like). */
export interface Example {
  /** Unique inside the dataset, e.g. the file name without extension. */
  readonly id: string
  /** Where the image is: a path, or any key that the dataset's `readImage` understands. */
  readonly imagePath: string
  /** Size of the upright image in pixels, as the annotation says. */
  readonly size: Size
  readonly objects: readonly GroundTruth[]
  /** Where training asks nothing: boxes around many objects, taken out of `objects`. Undefined where there are none. */
  readonly crowds?: readonly Box[] | undefined
}

/** Which part of a dataset was read. */
export interface SplitTaken {
  /** Undefined: everything. */
  readonly name: string | undefined
  /** Whether somebody asked for it by name, rather than it being the usual one. */
  readonly asked: boolean
  /** All splits that there are, sorted. */
  readonly available: readonly string[]
  /** Whether they were drawn by chance because the data names none. */
  readonly drawn: boolean
}

/** How much was left out because something is wrong with it. */
export interface LeftOut {
  /** Whole images: what is wrong with them cannot be told apart from what is right. */
  readonly images: number
  /** Objects of images that stayed. */
  readonly objects: number
}

/** How labels were read. */
export interface LabelsRead {
  /** The format's name, e.g. `coco`. */
  readonly format: string
  /** For people, e.g. `COCO JSON`. */
  readonly title: string
  /** Why it was taken for that format; undefined where somebody named it. */
  readonly reason?: string | undefined
  /** What was read in part, or otherwise than written. */
  readonly notes: readonly string[]
}

/** Examples with the list that gives their class ids names. */
export interface Dataset {
  /** For messages, e.g. the folder's name and split. */
  readonly name: string
  /** Class names in class-id order, without background. */
  readonly classes: readonly string[]
  readonly examples: readonly Example[]
  /** Undefined for data without splits, such as generated scenes. */
  readonly split?: SplitTaken | undefined
  /** What was found wrong, each naming file and object. */
  readonly problems: readonly SingleshotError[]
  readonly leftOut: LeftOut
  /** Images that no annotation belongs to, which are not used; undefined where nobody counted them. */
  readonly unlabelled?: number | undefined
  /** What else was done with the labels, a sentence each; to be told before training. */
  readonly notes?: readonly string[] | undefined
  /** How the labels were read; undefined for generated scenes. */
  readonly labels?: LabelsRead | undefined
}
