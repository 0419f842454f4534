/**
 * @file What the columns of published detectors are called. A weight file holds numbers only; the data set
 * that it was trained on says what each column means. Column 0, the background, is in no list.
 */

/** The classes of Pascal VOC, in the order of the alphabet, which is that of every published detector. */
export const VOC_CLASSES: readonly string[] = [
  ...['aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow'],
  ...['diningtable', 'dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa'],
  ...['train', 'tvmonitor'],
]

/** COCO numbers its 80 classes up to 90: ten numbers were announced and never used. */
const COCO_USED = [
  ...['person', 'bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat'],
  ...['traffic light', 'fire hydrant', null, 'stop sign', 'parking meter', 'bench', 'bird', 'cat'],
  ...['dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe', null, 'backpack'],
  ...['umbrella', null, null, 'handbag', 'tie', 'suitcase', 'frisbee', 'skis', 'snowboard'],
  ...['sports ball', 'kite', 'baseball bat', 'baseball glove', 'skateboard', 'surfboard'],
  ...['tennis racket', 'bottle', null, 'wine glass', 'cup', 'fork', 'knife', 'spoon', 'bowl'],
  ...['banana', 'apple', 'sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut'],
  ...['cake', 'chair', 'couch', 'potted plant', 'bed', null, 'dining table', null, null, 'toilet'],
  ...[null, 'tv', 'laptop', 'mouse', 'remote', 'keyboard', 'cell phone', 'microwave', 'oven'],
  ...['toaster', 'sink', 'refrigerator', null, 'book', 'clock', 'vase', 'scissors', 'teddy bear'],
  ...['hair drier', 'toothbrush'],
]

/**
 * The columns 1 to 90 of detectors trained on COCO. One that was never used keeps torchvision's name, N/A,
 * with its number, since two classes must not have one name. (torchvision `_COCO_CATEGORIES`.)
 */
export const COCO_CLASSES: readonly string[] = COCO_USED.map((name, i) => name ?? `N/A ${i + 1}`)

/** Class names, and whose they are. */
export interface NamedClasses {
  readonly names: readonly string[]
  /** 'given' by the user, a data set's, or only 'numbered'. */
  readonly from: 'given' | 'coco' | 'voc' | 'numbered'
}

/** The names to use when none were given: as many classes as COCO or VOC has are taken to be theirs. */
export function likelyClasses(count: number): NamedClasses {
  if (count === COCO_CLASSES.length) return { names: COCO_CLASSES, from: 'coco' }
  if (count === VOC_CLASSES.length) return { names: VOC_CLASSES, from: 'voc' }
  return { names: Array.from({ length: count }, (_, i) => `class ${i + 1}`), from: 'numbered' }
}
