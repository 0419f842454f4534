/** @file The parts of the whole system, in two lanes: what happens while a network learns, and what happens in use. */

/** The parts, in the order of each lane. */
export const PART_IDS = [
  'labels',
  'matching',
  'targets',
  'loss',
  'gradients',
  'weights',
  'picture',
  'network',
  'numbers',
  'boxes',
  'nms',
  'detections',
] as const

/** One of them. */
export type PartId = (typeof PART_IDS)[number]

/** A part of the system. */
export interface Part {
  readonly id: PartId
  readonly lane: 'learning' | 'using'
  readonly name: string
  /** What happens here, in plain words. */
  readonly what: string
  /** The lesson about it. */
  readonly lesson: string
  /** Further lessons during which this part is lit. */
  readonly also?: readonly string[]
}

/** All parts. */
export const PARTS: readonly Part[] = [
  {
    id: 'labels',
    lane: 'learning',
    name: 'Labels',
    what: 'People have drawn a box around every object and named its class. This is all that the network will be taught.',
    lesson: '01-answer',
  },
  {
    id: 'matching',
    lane: 'learning',
    name: 'Matching with the anchors',
    what: 'Every label is compared with every anchor by IoU. Anchors that fit are responsible for the object. The network takes no part in this.',
    lesson: '04-matching',
    also: ['02-overlap', '03-anchors'],
  },
  {
    id: 'targets',
    lane: 'learning',
    name: 'Targets',
    what: 'Each responsible anchor gets the correct class and the four offsets onto its object. Every other anchor gets “background”.',
    lesson: '05-offsets',
  },
  {
    id: 'loss',
    lane: 'learning',
    name: 'Loss',
    what: 'The outputs of the network are compared with the targets: wrong class plus wrong place, as one number.',
    lesson: '07-loss',
    also: ['08-mining'],
  },
  {
    id: 'gradients',
    lane: 'learning',
    name: 'Gradients',
    what: 'For each output: would the loss grow or shrink if this number were a little larger? Labels, anchors and IoU get no gradient.',
    lesson: '09-training',
  },
  {
    id: 'weights',
    lane: 'learning',
    name: 'Weights',
    what: 'Every weight of the network is changed a little against its gradient. Nothing else in the whole picture ever changes.',
    lesson: '09-training',
  },
  {
    id: 'picture',
    lane: 'using',
    name: 'Picture',
    what: 'Any picture, scaled to the size that the network takes. In use there are no labels.',
    lesson: '01-answer',
  },
  {
    id: 'network',
    lane: 'using',
    name: 'Network',
    what: 'One pass through all layers. On the way the picture becomes coarser and coarser grids, the feature maps.',
    lesson: '06-network',
  },
  {
    id: 'numbers',
    lane: 'using',
    name: 'One list of numbers',
    what: 'For every anchor a number per class, one for “background”, and four offsets. The list is always equally long.',
    lesson: '06-network',
  },
  {
    id: 'boxes',
    lane: 'using',
    name: 'Boxes',
    what: 'Anchors whose score is high enough are shifted and scaled by their offsets.',
    lesson: '10-boxes',
    also: ['03-anchors', '05-offsets'],
  },
  {
    id: 'nms',
    lane: 'using',
    name: 'NMS',
    what: 'Of several boxes of one class on one object, the best is kept.',
    lesson: '11-nms',
    also: ['02-overlap'],
  },
  {
    id: 'detections',
    lane: 'using',
    name: 'Detections',
    what: 'What is left: a list of classes and boxes, with a score for each.',
    lesson: '12-score',
    also: ['01-answer', '13-why'],
  },
]

/** The part with an id. */
export function partOf(id: PartId): Part {
  return PARTS.find((part) => part.id === id)!
}

/** Whether a part is what a lesson is about. */
export function isLitIn({ lesson, also = [] }: Part, id: string): boolean {
  return lesson === id || also.includes(id)
}
