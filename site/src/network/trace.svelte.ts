/** @file The trace of the current picture, as every lesson that needs one asks for it. */
import type { Trace } from 'singleshot/core'
import { type Picture, picture } from '../picture/picture.svelte.ts'
import { type Latest, useLatest } from './latest.svelte.ts'
import { network, type TraceAsk } from './network.svelte.ts'

/** A trace of the current picture, by one of the models beside the page. */
export interface CurrentTraceAsk extends TraceAsk {
  /** Another model beside the manifest, e.g. a snapshot's; default: the model. */
  readonly file?: string | undefined
}

/**
 * Traces the current picture, again whenever it or what `prepare` reads has changed. Call it at the top of a script.
 * Another picture's trace is never shown; show `problem` beside what is made of the value.
 * @param prepare what to ask about the current picture; null: nothing, e.g. because there is no network
 */
export function useTrace(prepare: (current: Picture) => CurrentTraceAsk | null): Latest<Trace> {
  return useLatest(() => {
    const { current } = picture
    const asked = prepare(current)
    const ask = async () =>
      asked === null ? null : network.trace(current.image, asked, asked.file)
    return { about: current, ask }
  })
}
