/**
 * @file The largest values that the library and the command line take. All are far beyond any use; they catch slips such
 * as a missing point or a doubled key, and files made to take the memory of the machine.
 */

/** Longest side of a network's input, pixels. */
export const LONGEST_INPUT_SIDE = 2048

/** Images per step. */
export const LARGEST_BATCH = 1024

/** Pixels that one step looks at: 3 numbers each, 768 MB. */
export const MOST_STEP_PIXELS = 2 ** 26

/** A week of training, in minutes. */
export const MOST_MINUTES = 7 * 24 * 60

/** Passes over the data. */
export const MOST_EPOCHS = 1_000_000

/** The largest whole number that names a seed: 32 bits, as everywhere else. */
export const LARGEST_SEED = 2 ** 32 - 1

/** More threads than any machine this runs on has cores; each costs memory, and thousands hang it. */
export const MOST_THREADS = 256

/** Classes of a model. */
export const MOST_CLASSES = 10_000

/** Characters of a class name. */
export const LONGEST_CLASS_NAME = 200

/** Anchors of a model; SSD512 has 24,564. */
export const MOST_ANCHORS = 1_000_000

/** Numbers with which a network answers one image, anchors times classes: 256 MB. */
export const MOST_ANSWERS = 2 ** 26

/** Weights of a network; SSD512 has 27 million. */
export const MOST_WEIGHTS = 300_000_000

/** Boxes of one class that enter NMS, and detections per image: the work grows with their product. */
export const MOST_BOXES = 10_000
