/** @file The input of this page's own network: the same for every picture, as for every network that has been trained. */
import type { Size } from 'singleshot/core'

/** Pixels. All lessons count the anchors of `tiny` on it: 9,144. */
export const PAGE_INPUT: Size = { width: 256, height: 192 }
