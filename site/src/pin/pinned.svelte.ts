/** @file The anchor that a learner follows through all lessons; it is in the address, and stays from lesson to lesson. */
import { route } from '../state/route.svelte.ts'

/** Its word in the address. */
export const PIN_KEY = 'pin'

class Pinned {
  /** Its number in the list of the page's network; null: none. */
  anchor = $state<number | null>(null)

  constructor() {
    this.followAddress()
  }

  /** Takes the anchor that the address names. */
  followAddress(): void {
    const word = route.query.get(PIN_KEY)
    this.anchor = word !== null && /^\d{1,6}$/.test(word) ? Number(word) : null
  }

  /** Follows an anchor; null: none any more. */
  pin(anchor: number | null): void {
    this.anchor = anchor
    route.set({ [PIN_KEY]: anchor === null ? null : String(anchor) })
  }
}

/** The one pinned anchor of the page. */
export const pinned = new Pinned()
