/** @file Whose answers are shown: the network's, or made-up ones where there is no network or the learner asks for them. */
import { network } from '../../network/network.svelte.ts'
import { useTrace } from '../../network/trace.svelte.ts'
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
  const trace = useTrace(() => (madeUp || network.model === null ? null : {}))
  const told = $derived(trace.value === null ? null : answersOf(trace.value))
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
