/**
 * @file What becomes of objects that are marked difficult: hard to recognise even for people. Pascal VOC has the mark; the
 * paper trains on them and judges without them, and so does whoever says nothing else.
 */

/** In training they are learned from, or nothing is asked there: neither an object nor background (match/crowds.ts). */
export const DIFFICULT_IN_TRAINING = ['learn', 'ignore'] as const

/** What training does with them: see {@link DIFFICULT_IN_TRAINING}. */
export type DifficultInTraining = (typeof DIFFICULT_IN_TRAINING)[number]

/** When judging they count neither way, or as any other object does. */
export const DIFFICULT_IN_JUDGING = ['ignore', 'count'] as const

/** What judging does with them: see {@link DIFFICULT_IN_JUDGING}. */
export type DifficultInJudging = (typeof DIFFICULT_IN_JUDGING)[number]
