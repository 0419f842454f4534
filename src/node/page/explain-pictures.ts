/**
 * @file The labelled pictures that the explorer offers. A folder made for the explorer may be put on the web, so nothing
 * is copied into it: each picture is decoded and written anew, without what cameras note beside it (place, time, owner).
 * What is no picture is left out, and so is a link that leads out of the data folder.
 */
import { realpath } from 'node:fs/promises'
import { basename, extname, relative, sep } from 'node:path'
import type { Dataset, Example } from '../../dataset/dataset.ts'
import type { ProblemEvent } from '../../dataset/problem-list.ts'
import { countOf } from '../../error/count-of.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { FormatName } from '../../label/format-names.ts'
import { type Data, openData } from '../data/data.ts'
import { encodeJpeg, encodePng } from '../picture/write-image.ts'

/** Pictures that the page offers: enough to look around in, few enough to copy. */
export const MOST_PICTURES = 12

/** Pictures left out whose reasons are told one by one; more of them usually have the same reason. */
const MOST_REASONS = 5

/** Parts that are offered unless one is named, the first that there is; then everything. */
const USUAL_SPLITS = ['test', 'val', undefined] as const

/** What to offer. */
export interface PicturesRequest {
  /** A data folder. */
  readonly source: string
  /** The format of its labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** A part of it; default: test, else val, else everything. */
  readonly split?: string | undefined
  /** Told which part was taken, and what was left out. */
  readonly onMessage: (message: string) => void
}

/** A picture to offer. */
export interface OfferedPicture {
  /** A file name that means the same in any address. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly example: Example
}

/**
 * Collects the first pictures that may be published, at most {@link MOST_PICTURES}.
 * @throws SingleshotError as opening the data
 */
export async function collectPictures({
  source,
  format,
  split,
  onMessage,
}: PicturesRequest): Promise<{ readonly pictures: OfferedPicture[]; readonly dataset: Dataset }> {
  const { dataset, readImage, taken, problems } = await openUsual(source, { format, split })
  const folder = await realpath(source)
  const pictures: OfferedPicture[] = []
  const leftOut = problems.map(({ message }) => message)
  for (const example of dataset.examples) {
    if (pictures.length === MOST_PICTURES) break
    try {
      await refuseOutside(folder, example.imagePath)
      const kind = extname(example.imagePath).toLowerCase()
      // Pictures that lost something already may lose a little more; the others stay exact.
      const lossy = ['.jpg', '.jpeg', '.webp', '.avif'].includes(kind)
      const bytes = await (lossy ? encodeJpeg : encodePng)(await readImage(example))
      const name = pictureName(example, pictures.length + 1, lossy ? '.jpg' : '.png')
      pictures.push({ name, bytes, example })
    } catch (error) {
      if (!(error instanceof SingleshotError)) throw error
      leftOut.push(error.message)
    }
  }
  for (const reason of leftOut.slice(0, MOST_REASONS)) onMessage(`Left out: ${reason}`)
  if (leftOut.length > MOST_REASONS) onMessage(`Left out: ${leftOut.length - MOST_REASONS} more`)
  const part = taken === undefined ? 'the data' : `split ${taken}`
  const total = dataset.examples.length + dataset.leftOut.images
  onMessage(`${pictures.length} of ${countOf(total, 'picture')} of ${part} beside the page.`)
  return { pictures, dataset }
}

/** Data with the name of its split, and what of it was left out. */
interface UsualSplit extends Data {
  readonly taken: string | undefined
  readonly problems: readonly SingleshotError[]
}

/** The split that was named, or the first usual one that the folder has. */
async function openUsual(
  source: string,
  { format, split }: Pick<PicturesRequest, 'format' | 'split'>,
): Promise<UsualSplit> {
  const candidates = split === undefined ? USUAL_SPLITS : [split]
  for (const taken of candidates) {
    const problems: SingleshotError[] = []
    const onEvent = ({ problem }: ProblemEvent) => problems.push(problem)
    try {
      return { ...(await openData(source, { split: taken, format, onEvent })), taken, problems }
    } catch (error) {
      if (taken === candidates.at(-1) || !isMissingPart(error)) throw error
    }
  }
  throw new Error('there is always a last candidate')
}

const isMissingPart = (error: unknown) =>
  error instanceof SingleshotError && ['E_SPLIT_MISSING', 'E_NO_IMAGES'].includes(error.code)

/** @throws SingleshotError E_IMAGE_UNREADABLE for a picture that lies elsewhere, by a link. @param folder without links */
async function refuseOutside(folder: string, path: string): Promise<void> {
  // What is not there is for the reader to refuse.
  const place = relative(folder, await realpath(path).catch(() => folder))
  if (place !== '..' && !place.startsWith(`..${sep}`) && !isOtherDrive(place)) return
  throw new SingleshotError('E_IMAGE_UNREADABLE', {
    where: 'explain',
    rule: 'expected a picture inside the data folder, got a link that leads out of it',
    file: path,
  })
}

/** On Windows, no path leads from one drive to another. */
const isOtherDrive = (place: string) => /^[a-z]:/i.test(place)

/** A number and a plain name: other letters may mean something in an address. */
function pictureName({ id }: Example, number: number, kind: string): string {
  const plain = basename(id)
    .replaceAll(/[^\w-]+/g, '-')
    .slice(0, 40)
  return `${String(number).padStart(2, '0')}-${plain}${kind}`
}
