/**
 * @file What may be wrong or odd with labelled pictures: one record per kind of finding, with what it does to training
 * and what to do about it.
 */

/** How much a finding matters: what is wrong is left out or misleads; what is odd may be right. */
export type Gravity = 'wrong' | 'odd'

/** A kind of finding. */
export interface FindingKind {
  readonly gravity: Gravity
  /** What it is, as a heading. */
  readonly title: string
  /** What it does to training or judging. */
  readonly effect: string
  /** What to do. */
  readonly fix: string
}

/** Every kind, by its code. */
export const FINDING_KINDS = {
  'picture-unreadable': {
    gravity: 'wrong',
    title: 'a picture that cannot be read',
    effect: 'It is left out.',
    fix: 'Restore it, or convert it to JPEG or PNG.',
  },
  'picture-missing': {
    gravity: 'wrong',
    title: 'labels without their picture',
    effect: 'They are left out.',
    fix: 'Put the picture back, or remove the labels.',
  },
  'picture-size': {
    gravity: 'wrong',
    title: 'a picture of another size than its labels say',
    effect: 'It is left out: its boxes would lie elsewhere.',
    fix: 'Label it again, upright as people see it, or correct the stated size.',
  },
  'picture-misnamed': {
    gravity: 'odd',
    title: 'a picture whose extension names another kind',
    effect: 'None here; other programs may refuse it.',
    fix: 'Rename it.',
  },
  'picture-turned': {
    gravity: 'odd',
    title: 'a picture that the camera turned',
    effect:
      'None here: it is read upright. A tool that ignores the tag would see the boxes elsewhere.',
    fix: 'Save it upright, to be sure.',
  },
  'picture-colours': {
    gravity: 'odd',
    title: 'a picture in CMYK or with 16 bits',
    effect: 'Its colours are converted; they may look otherwise than when it was labelled.',
    fix: 'Save it as 8-bit RGB.',
  },
  'picture-animated': {
    gravity: 'odd',
    title: 'a picture of several pages or frames',
    effect: 'Only the first is read.',
    fix: 'Save the one that was labelled by itself.',
  },
  'picture-dark': {
    gravity: 'odd',
    title: 'a picture that is nearly black',
    effect: 'There is little to learn from it.',
    fix: 'Look whether it should be there.',
  },
  'picture-light': {
    gravity: 'odd',
    title: 'a picture that is nearly white',
    effect: 'There is little to learn from it.',
    fix: 'Look whether it should be there.',
  },
  'picture-flat': {
    gravity: 'odd',
    title: 'a picture in which there is almost nothing',
    effect: 'There is little to learn from it.',
    fix: 'Look whether it should be there.',
  },
  'picture-blurred': {
    gravity: 'odd',
    title: 'a picture that is far less sharp than the others',
    effect: 'Its objects look unlike those of the others.',
    fix: 'Look whether it should be there.',
  },
  'picture-ratio': {
    gravity: 'odd',
    title: 'a picture that is very long or very high',
    effect: 'It is squeezed into the input of the network, and its objects with it.',
    fix: 'Cut it into parts.',
  },
  'picture-twice': {
    gravity: 'wrong',
    title: 'one picture in several files',
    effect: 'It counts twice.',
    fix: 'Keep one.',
  },
  'picture-alike': {
    gravity: 'odd',
    title: 'nearly the same picture in several files',
    effect: 'It counts more than others.',
    fix: 'Keep one, or keep all of them in one split.',
  },
  'picture-leaks': {
    gravity: 'wrong',
    title: 'a picture of one split that is also, or nearly, in another',
    effect: 'What is judged was learned by heart: scores are too good.',
    fix: 'Keep it in one split.',
  },
  'labels-differ': {
    gravity: 'wrong',
    title: 'one picture in several files, with different boxes',
    effect: 'It teaches two things that exclude each other.',
    fix: 'Keep the file whose labels are right.',
  },
  'labels-unreadable': {
    gravity: 'wrong',
    title: 'labels that cannot be read',
    effect: 'Their picture is left out.',
    fix: 'Correct the place that is named, or export the labels again.',
  },
  'labels-empty': {
    gravity: 'odd',
    title: 'a picture without objects',
    effect: 'It teaches what background looks like.',
    fix: 'None, if it is right that nothing is there.',
  },
  'labels-missing': {
    gravity: 'odd',
    title: 'a picture without labels',
    effect: 'It is not used.',
    fix: 'Label it; if there is nothing in it, with an empty list.',
  },
  'box-empty': {
    gravity: 'wrong',
    title: 'a box without width or height',
    effect: 'It is left out. (Where it is not, the loss becomes infinite.)',
    fix: 'Delete it, or draw it again.',
  },
  'box-inverted': {
    gravity: 'wrong',
    title: 'a box whose edges are mixed up',
    effect: 'Its picture is left out.',
    fix: 'Draw it again.',
  },
  'box-outside': {
    gravity: 'wrong',
    title: 'a box that reaches out of its picture',
    effect: 'Its picture is left out.',
    fix: 'Draw it again.',
  },
  'box-format': {
    gravity: 'wrong',
    title: 'a box that is not four numbers, or no box',
    effect: 'Its picture is left out.',
    fix: 'Draw it again.',
  },
  'box-twice': {
    gravity: 'wrong',
    title: 'an object that is labelled twice',
    effect: 'One is left out.',
    fix: 'Delete one.',
  },
  'box-alike': {
    gravity: 'odd',
    title: 'two boxes of one class that nearly coincide',
    effect: 'One object is learned, and wanted, twice.',
    fix: 'Delete one, if there is one object.',
  },
  'box-tiny': {
    gravity: 'odd',
    title: 'an object of a pixel or two in the input of the network',
    effect: 'Nobody could see it there.',
    fix: 'Use a larger --input, or cut the picture into parts.',
  },
  'box-unusual': {
    gravity: 'odd',
    title: 'a box of a size or shape far from that of its class',
    effect: 'It may be a slip.',
    fix: 'Look at it.',
  },
  'class-alike': {
    gravity: 'wrong',
    title: 'class names that differ by case, spaces or the form of accents',
    effect: 'They are learned as different classes.',
    fix: 'Give them one name.',
  },
  'class-unused': {
    gravity: 'odd',
    title: 'a class without an object',
    effect: 'It is never learned.',
    fix: 'Label some, or remove the class.',
  },
  'class-rare': {
    gravity: 'odd',
    title: 'a class with few objects',
    effect: 'It is learned badly.',
    fix: 'Label more; some dozens at least.',
  },
  'class-split': {
    gravity: 'odd',
    title: 'a class that is in one split only',
    effect: 'It is learned and never judged, or judged and never learned.',
    fix: 'Divide its pictures among the splits.',
  },
} as const satisfies Readonly<Record<string, FindingKind>>

/** The code of a kind of finding. */
export type FindingCode = keyof typeof FINDING_KINDS

/** Something that was found. */
export interface DataFinding {
  readonly code: FindingCode
  /** The file it is about; undefined for what concerns the whole set. */
  readonly file?: string | undefined
  /** E.g. `object 3 cat`, `line 7`. */
  readonly object?: string | undefined
  /** What is there, in words. */
  readonly found: string
}
