/** @file The search through generated scenes for one with a missed object, as live state. It ends when it is stopped. */

/** A search gives up after this many scenes. */
export const MOST_SCENES = 80

/** What a search needs to know. */
export interface MissSearchOptions {
  /** Whether an object of this scene is missed. */
  hasMiss(index: number): Promise<boolean>
  /** Shows the scene that was found. */
  show(index: number): Promise<void>
}

/** One search at a time. A stopped one does nothing more, whatever it was waiting for. */
export class MissSearch {
  looking = $state(false)
  /** How far it is, for the learner. */
  said = $state('')
  /** Why the last one failed. */
  problem = $state.raw<unknown>(null)
  readonly #options: MissSearchOptions
  /** Counts searches: one that is not the newest has been stopped. */
  #newest = 0

  /** @param options how to look and what to do with what was found */
  constructor(options: MissSearchOptions) {
    this.#options = options
  }

  /** Searches from a scene on; a search that still runs is stopped. Never fails. */
  async start(first: number): Promise<void> {
    this.stop()
    const own = this.#newest
    this.looking = true
    this.problem = null
    try {
      const found = await this.#find(first, () => own !== this.#newest)
      if (own !== this.#newest) return
      if (found !== null) await this.#options.show(found)
      this.#end(found === null ? `No object is missed in these ${MOST_SCENES} scenes.` : '')
    } catch (problem) {
      if (own !== this.#newest) return
      this.#end('')
      this.problem = problem
    }
  }

  /** Ends the search that runs, if one does. */
  stop(): void {
    this.#newest += 1
    this.#end('')
  }

  #end(said: string): void {
    this.looking = false
    this.said = said
  }

  async #find(first: number, stopped: () => boolean): Promise<number | null> {
    for (let index = first; !stopped() && index < first + MOST_SCENES; index++) {
      this.said = `Looking at scene ${index}…`
      if (await this.#options.hasMiss(index)) return index
    }
    return null
  }
}
