/** @file The scene on which the lesson opens: one with a miss. On the scene of the other lessons nothing is missed. */
import { picture } from '../../picture/picture.svelte.ts'
import { FIRST_SCENE } from '../../picture/source.ts'
import { route } from '../../state/route.svelte.ts'

/** Five shapes; the page's network gives a square too low a score. */
export const OPENING_SCENE = 19

/** Shows it, unless the learner or the address has chosen a picture. */
export function openOnMiss(): void {
  const { source } = picture.current
  const untouched = source.kind === 'scene' && source.index === FIRST_SCENE
  if (untouched && !route.query.has('picture'))
    void picture.show({ kind: 'scene', index: OPENING_SCENE })
}
