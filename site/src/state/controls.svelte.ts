/** @file Ties a lesson's controls to the address: read when the lesson opens, written when a value changes. */
import { untrack } from 'svelte'
import { decodeValues, encodeValues } from './codec.ts'
import type { Controls, Values } from './control.ts'
import { route } from './route.svelte.ts'

/**
 * The live values of some controls. Call it once, at the top of a component's script.
 * @returns values to read and to bind to; setting one changes the address
 */
export function useControls<const C extends Controls>(controls: C): Values<C> {
  const values: Values<C> = $state(decodeValues(controls, route.query))
  let seen = route.arrivals
  $effect.pre(() => {
    if (route.arrivals === seen) return
    seen = route.arrivals
    Object.assign(
      values,
      decodeValues(
        controls,
        untrack(() => route.query),
      ),
    )
  })
  $effect(() => {
    route.set(encodeValues(controls, values))
  })
  return values
}

/** Sets every value back to its default. */
export function resetControls<C extends Controls>(controls: C, values: Values<C>): void {
  Object.assign(values, decodeValues(controls, new URLSearchParams()))
}
