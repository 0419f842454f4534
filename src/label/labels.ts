/**
 * @file What every labelling format says, in one shape: pictures, and the objects that a person marked in each. Readers
 * give it, writers take it, and a dataset is made of it; nothing is checked here but shapes.
 *
 * Coordinates are corners (x1, y1, x2, y2), continuous: the right edge of a picture of 640 pixels is 640.
 */
import type { Box, Size } from '../box/box.ts'
import type { SingleshotError } from '../error/singleshot-error.ts'
import type { FormatName } from './format-names.ts'

/** One object as a file has it. */
export interface LabelledObject {
  /** Its place among those of its picture, from 1. */
  readonly number: number
  readonly className: string
  /** Corners, in the unit of its picture's labels; finite. Of a turned box or an outline, the upright box around it. */
  readonly box: Box
  /** VOC's flag: hard to see; trained on, but counted neither way when judging. */
  readonly difficult?: boolean
  /** COCO's flag: many objects in one box. */
  readonly crowd?: boolean
  /** The corners of an outline, x and y in turn, in the unit of the labels. */
  readonly outline?: readonly number[]
  /** Degrees, clockwise, of a box that was turned. */
  readonly rotation?: number
  /** What else the file says of it. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

/** What one picture's labels are counted in: pixels of the upright picture, or shares of its sides (0..1). */
export type LabelUnit = 'pixels' | 'shares'

/** One picture and what is marked in it. */
export interface LabelledPicture {
  /** What the labels call the picture: a file name, with folders or without. */
  readonly picture: string
  /** Another name that it may have, if there is none of that one. */
  readonly otherwise?: string | undefined
  /** Pixels, as the labels state them; undefined if they do not. */
  readonly size?: Size | undefined
  readonly unit: LabelUnit
  /** None: somebody looked and there is nothing. */
  readonly objects: readonly LabelledObject[]
  /** What is wrong with objects that are therefore not among them. */
  readonly faults: readonly SingleshotError[]
}

/** A picture's labels that are still to be read. */
export interface LabelEntry {
  /** Unique; a path below the folder without extension, so that splits can name it. */
  readonly id: string
  /** The file that holds the labels, relative to the folder; for messages, and to look for the picture from there. */
  readonly file: string
  /** @throws SingleshotError what is wrong with the file */
  load(): Promise<LabelledPicture>
}

/** All labels of a folder. */
export interface LabelIndex {
  readonly entries: readonly LabelEntry[]
  /** Class names in the order that the files give them; undefined where they give none. */
  readonly classes?: readonly string[] | undefined
  /** Ids by the name of the split; undefined where the files name none. */
  readonly splits?: ReadonlyMap<string, readonly string[]> | undefined
  /** What was read in part, or otherwise than written: for people. */
  readonly notes?: readonly string[]
}

/** The files of a folder (or of an archive), as readers see them. */
export interface FileTree {
  /** For messages. */
  readonly name: string
  /** Paths below it, with `/`, sorted; without what belongs to an operating system. */
  readonly files: readonly string[]
  /** The bytes of a file. @throws SingleshotError E_LABELS */
  read(path: string): Promise<Uint8Array>
  /** The first bytes of a file, and the last ones; as text, wrong bytes replaced. @throws SingleshotError E_LABELS */
  peek(path: string): Promise<{ readonly head: string; readonly tail: string }>
}

/** What labels may say besides class and box. */
export const TRAITS = [
  'difficult',
  'crowd',
  'outline',
  'rotation',
  'attributes',
  'empty pictures',
  'unused classes',
  'splits',
] as const

/** Something that a format may be able to hold. */
export type Trait = (typeof TRAITS)[number]

/** What a writer is given. */
export interface LabelSet {
  readonly classes: readonly string[]
  readonly pictures: readonly WrittenPicture[]
}

/** A picture to write labels of. Its labels are in pixels. */
export interface WrittenPicture {
  /** Unique, with `/`; names files. */
  readonly id: string
  /** Its file's extension, with the dot. */
  readonly extension: string
  readonly size: Size
  /** The split it belongs to; undefined: none. */
  readonly split: string | undefined
  readonly objects: readonly LabelledObject[]
}

/** A file to write: its path below the folder, and its text. */
export type WrittenFile = readonly [path: string, text: string]

/** A labelling format. */
export interface LabelFormat {
  /** What `--format` calls it. */
  readonly name: FormatName
  readonly title: string
  /** What it holds besides class and box. */
  readonly holds: readonly Trait[]
  /**
   * Whether a tree is labelled in this format, by names and by a look into a few files.
   * @returns why it seems so; undefined if it does not
   */
  recognise(tree: FileTree): Promise<string | undefined>
  /** Reads a tree. @throws SingleshotError E_LABELS where nothing can be read */
  read(tree: FileTree): Promise<LabelIndex>
  /** Where a picture lies beside the labels that are written, below the folder. */
  placeOf(picture: WrittenPicture): string
  /** The files that say all there is to say. */
  write(set: LabelSet): Iterable<WrittenFile>
}
