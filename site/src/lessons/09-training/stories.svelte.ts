/** @file The stories of all snapshots, one after the other, as live state; begun again for another picture. */
import type { TracedObject } from 'singleshot/core'
import { untrack } from 'svelte'
import { network } from '../../network/network.svelte.ts'
import type { Picture } from '../../picture/picture.svelte.ts'
import { askingOrder, LEAST_SCORE, type Story, tellStory } from './story.ts'

/** What to ask. */
export interface StoriesAsk {
  readonly picture: Picture
  readonly objects: readonly TracedObject[] | undefined
  /** Snapshots beside the manifest. */
  readonly files: readonly string[]
}

/** What is known so far. */
export interface Stories {
  /** One for each snapshot; null where it is not known yet. */
  readonly all: readonly (Story | null)[]
  readonly problem: unknown
}

/**
 * Asks every snapshot about the picture. Call it at the top of a script.
 * @param prepare reads live state; null: there is nothing to ask @param shown the snapshot that is wanted first
 */
export function useStories(prepare: () => StoriesAsk | null, shown: () => number): Stories {
  let all = $state.raw<readonly (Story | null)[]>([])
  let problem = $state.raw<unknown>(null)

  async function tell({ picture, objects, files }: StoriesAsk, stopped: () => boolean) {
    try {
      for (const i of askingOrder(files.length, untrack(shown))) {
        const detect = { scoreThreshold: LEAST_SCORE }
        const trace = await network.trace(picture.image, { objects, detect }, files[i])
        if (stopped() || trace === null) return
        all = all.with(i, tellStory(trace))
      }
    } catch (error) {
      if (!stopped()) problem = error
    }
  }

  $effect(() => {
    const ask = prepare()
    let stopped = false
    all = ask === null ? [] : ask.files.map(() => null)
    problem = null
    if (ask !== null) untrack(() => void tell(ask, () => stopped))
    return () => {
      stopped = true
    }
  })

  return {
    get all() {
      return all
    },
    get problem() {
      return problem
    },
  }
}
