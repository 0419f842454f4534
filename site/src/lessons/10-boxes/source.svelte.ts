/** @file Whose answers are shown: the network's, or made-up ones where there is no network or the learner asks for them. */

import { useLatest } from '../../network/latest.svelte.ts'
import { network } from '../../network/network.svelte.ts'
import { picture } from '../../picture/picture.svelte.ts'
import { type Answers, answersOf } from './answers.ts'
import { makeUpAnswers } from './made-up.ts'

/** The answers for the current picture, as live state. */
export interface LiveAnswers {
  /** Null while the network computes for the first time. */
  readonly value: Answers | null
  /** They were written by this page. */
  readonly madeUp: boolean
  readonly problem: unknown
}

/**
 * Asks for the current picture's answers again whenever it changes. Call it at the top of a script.
 * @param wanted reads the learner's choice
 */
export function useAnswers(wanted: () => 'network' | 'made-up'): LiveAnswers {
  const madeUp = $derived(
    wanted() === 'made-up' || network.status === 'absent' || network.status === 'failed',
  )
  const invented = $derived.by(() => {
    if (!madeUp) return null
    const { image, objects, classes } = picture.current
    return makeUpAnswers(image, objects, classes)
  })
  const trace = useLatest(() => {
    const { image } = picture.current
    if (madeUp || network.model === null) return async () => null
    return async () => ({ image, trace: await network.trace(image) })
  })
  const told = $derived.by(() => {
    // The answers for the picture before this one do not belong to it.
    if (trace.value?.trace == null || trace.value.image !== picture.current.image) return null
    return answersOf(trace.value.trace)
  })
  return {
    get value() {
      return madeUp ? invented : told
    },
    get madeUp() {
      return madeUp
    },
    get problem() {
      return madeUp ? null : trace.problem
    },
  }
}
