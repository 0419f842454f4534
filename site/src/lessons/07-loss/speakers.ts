/** @file The anchors that are worth looking at: those with a share in the loss, the most blamed first. */
import type { AnchorTrace } from 'singleshot/core'

/** An anchor with its number. */
export interface Speaker {
  readonly anchor: number
  readonly story: AnchorTrace
  /** Its part of the loss. */
  readonly share: number
}

/** All that take part: positives, or negatives. */
export function speakersOf(anchors: readonly AnchorTrace[], positive: boolean): Speaker[] {
  return anchors
    .map((story, anchor) => ({ anchor, story, share: shareOf(story) }))
    .filter(({ story }) => story.target.class > 0 === positive)
    .filter(({ story }) => positive || story.loss?.contributing === true)
    .toSorted((a, b) => b.share - a.share)
}

/** An anchor's part of the loss: class and offsets. */
export function shareOf({ loss }: AnchorTrace): number {
  return loss === null ? 0 : loss.classShare + loss.offsetShare
}

/** What all anchors are blamed for, together. */
export function sumOfShares(anchors: readonly AnchorTrace[]): number {
  return anchors.reduce((sum, story) => sum + shareOf(story), 0)
}

/** The speaker whose box's middle is nearest to a point, all in pixels of the input. */
export function nearestSpeaker(
  speakers: readonly Speaker[],
  x: number,
  y: number,
): Speaker | undefined {
  const distance = ({ story: { box } }: Speaker) =>
    Math.hypot((box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y)
  return speakers.toSorted((a, b) => distance(a) - distance(b))[0]
}
