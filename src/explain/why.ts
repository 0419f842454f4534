/**
 * @file "Why was this missed?" The first stage at which a trace lost an object, and what would have saved it.
 *
 * A detector finds an object when some anchor says its class and that anchor's box sits on it: such an anchor is a
 * **witness**. With a witness the object was lost late, in sieving (score, NMS, limits: why-late.ts). Without one it was
 * never seen, and the question is why the anchors that stand there did not learn or did not say it (why-early.ts).
 *
 * Read in this order: trace.ts (what is known), sought.ts (what is asked about), claims.ts (which anchors speak for it),
 * this file (the order of the questions), why-late.ts and lower-score.ts (lost in sieving), why-early.ts, anchor-fit.ts
 * and early-stories.ts (never seen), finding.ts (what is told). why-detected.ts is the other question: why is it there?
 */

import { JUDGE_IOU } from '../evaluate/judge.ts'
import { best, type Case, type Claim, readClaims } from './claims.ts'
import {
  type MissedFinding,
  type Stage,
  shownFrom,
  type Telling,
  type WhyOptions,
} from './finding.ts'
import { seek, type WhyTarget } from './sought.ts'
import type { Trace } from './trace.ts'
import { tellUnseen } from './why-early.ts'
import { tellFound, tellLimit, tellScore, tellSuppressed } from './why-late.ts'

/**
 * Why an object, or what is in a box, was not detected.
 *
 * A detection or a claim counts for the object of its class that it overlaps most, as in judging; a drawn box has no
 * such rivals.
 * @param target an object of the trace's ground truth, or a box
 * @returns stage `found` when it was detected after all
 * @throws SingleshotError as {@link seek}
 */
export function whyMissed(
  trace: Trace,
  target: WhyTarget,
  options: WhyOptions = {},
): MissedFinding {
  const sought = seek(trace, target)
  const shown = shownFrom(options, trace.config.detect)
  const story: Case = { trace, sought, claims: readClaims(trace, sought), shown }
  const witness = furthestWitness(story)
  if (witness === undefined) return tellUnseen(story)
  const stage = stageOf(witness, shown)
  const { anchor, detection } = witness
  return { stage, anchor, detection, ...LATE[stage](story, witness) }
}

type LateStage = Extract<Stage, 'found' | 'score' | 'suppressed' | 'limit'>

const LATE: Readonly<Record<LateStage, (story: Case, witness: Claim) => Telling>> = {
  found: tellFound,
  score: tellScore,
  suppressed: tellSuppressed,
  limit: tellLimit,
}

/** How far a witness got: its stage's place in here, the last one furthest. */
const PROGRESS: readonly LateStage[] = ['score', 'suppressed', 'limit', 'found']

function furthestWitness({ claims, sought, shown }: Case): Claim | undefined {
  const witnesses = claims.filter(
    (claim) =>
      claim.iou >= JUDGE_IOU &&
      claim.rival === null &&
      (claim.says === sought.classId || claim.score >= shown),
  )
  if (witnesses.length === 0) return undefined
  const furthest = Math.max(...witnesses.map((claim) => PROGRESS.indexOf(stageOf(claim, shown))))
  const there = witnesses.filter((claim) => stageOf(claim, shown) === PROGRESS[furthest])
  // Of those whose score was too low, one that nothing else stood in the way of.
  const free = there.filter(({ verdict }) => verdict === 'kept')
  return best(free.length > 0 ? free : there, ({ score }) => score)
}

function stageOf({ score, verdict }: Claim, shown: number): LateStage {
  if (score < shown || verdict === null) return 'score'
  if (verdict === 'kept') return 'found'
  return verdict === 'suppressed' ? 'suppressed' : 'limit'
}
