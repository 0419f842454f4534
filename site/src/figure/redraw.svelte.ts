/** @file Drawing again when what was drawn has changed: at most once a frame of the screen. */

/**
 * Calls `draw` at the next frame, and at the next frame after any live state that it read has changed.
 * @returns stops it
 */
export function redrawWhenChanged(draw: () => void): () => void {
  let frame = 0
  let stopWatching: (() => void) | undefined

  const schedule = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      stopWatching?.()
      stopWatching = watch()
    })
  }
  const watch = () =>
    $effect.root(() => {
      let drawn = false
      $effect(() => {
        if (drawn) return schedule()
        drawn = true
        draw()
      })
    })

  schedule()
  return () => {
    cancelAnimationFrame(frame)
    stopWatching?.()
  }
}
