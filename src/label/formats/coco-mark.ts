/** @file An annotation of COCO: its class, its box (or that around its outline or mask), and what else it says. */
import { boxAround, boxFrom, type LabelOrigin, labelFault, numberOf } from '../label-fault.ts'
import type { LabelledObject } from '../labels.ts'
import { boxOfRuns, decodeRuns } from '../rle.ts'
import { listOf, recordOf } from '../text.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Reads an annotation.
 * @param number its place among those of its picture, from 1
 * @throws SingleshotError E_LABELS, E_BOX_FORMAT
 */
export function readMark(
  mark: Json,
  number: number,
  {
    names,
    size,
    origin,
  }: {
    readonly names: ReadonlyMap<string, string>
    readonly size: { readonly height: number } | undefined
    readonly origin: LabelOrigin
  },
): LabelledObject {
  const className = names.get(String(mark.category_id))
  if (className === undefined)
    throw labelFault({
      rule: 'expected a category that is listed',
      got: mark.category_id,
      ...origin,
    })
  const polygons = listOf(mark.segmentation).map(listOf)
  const outline = polygons.length === 1 ? numbersOf(polygons[0]!, origin) : undefined
  const attributes = attributesOf(mark.attributes)
  return {
    number,
    className,
    box: boxOfMark(mark, polygons, size, origin),
    ...(Number(mark.iscrowd) === 1 && { crowd: true }),
    ...(outline !== undefined && outline.length >= 6 && { outline }),
    ...(attributes !== undefined && { attributes }),
  }
}

/** The box as it is written; without one, that around the outline or the mask. */
function boxOfMark(
  { bbox, segmentation }: Json,
  polygons: readonly (readonly unknown[])[],
  size: { readonly height: number } | undefined,
  origin: LabelOrigin,
) {
  const sides = listOf(bbox)
  if (sides.length === 4) {
    const [left, top, width, height] = sides.map((side) =>
      numberOf(side, 'each side of bbox', origin),
    )
    return boxFrom(left!, top!, width!, height!)
  }
  const points = polygons.flatMap((polygon) => numbersOf(polygon, origin))
  if (points.length >= 4) return boxAround(points)
  const { counts, size: mask } = recordOf(segmentation)
  const runs = typeof counts === 'string' ? decodeRuns(counts) : listOf(counts).map(Number)
  const height = Number(listOf(mask)[0] ?? size?.height)
  const box = height > 0 ? boxOfRuns(runs, height) : undefined
  if (box === undefined)
    throw labelFault({
      rule: 'expected a bbox of four numbers, or an outline',
      got: bbox,
      ...origin,
    })
  return box
}

const numbersOf = (values: readonly unknown[], origin: LabelOrigin) =>
  values.map((value) => numberOf(value, 'each point of an outline', origin))

function attributesOf(value: unknown): LabelledObject['attributes'] {
  const entries = Object.entries(recordOf(value)).filter(
    (entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
