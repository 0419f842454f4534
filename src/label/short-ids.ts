/** @file Short names for pictures: without the folders that say nothing, as long as the names stay apart. */

/** Folders that every tool has, and that tell nothing of a picture. */
const CONVENTIONAL = new Set(
  'images image jpegimages annotations annotation annots annot labels label xmls xml data obj_train_data obj_test_data image_2 label_2 img imgs'.split(
    ' ',
  ),
)

const SPLITS = new Set('train val valid validation test trainval'.split(' '))

/**
 * Ids without conventional folders, and without those named after splits, where that leaves all of them different.
 * @param ids paths without extension
 */
export function shortIds(ids: readonly string[]): string[] {
  for (const dropped of [new Set([...CONVENTIONAL, ...SPLITS]), CONVENTIONAL]) {
    const short = ids.map((id) => {
      const parts = id.split('/')
      return parts
        .filter((part, i) => i === parts.length - 1 || !dropped.has(part.toLowerCase()))
        .join('/')
    })
    if (new Set(short).size === short.length) return short
  }
  return [...ids]
}
