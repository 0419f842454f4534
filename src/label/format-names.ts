/** @file The names of all labelling formats; apart from the formats, so that help can list them without loading them. */

/** What `--format` and `--to` take. Where several formats say the same of a folder, the first is read. */
export const FORMAT_NAMES = [
  'voc',
  'coco',
  'yolo',
  'cvat',
  'label-studio',
  'labelme',
  'via',
  'open-images',
  'tensorflow-csv',
  'kitti',
  'create-ml',
  'fiftyone',
] as const

/** The name of a labelling format. */
export type FormatName = (typeof FORMAT_NAMES)[number]
