/** @file What the learner may set, and its words in the address. */
import { choice, number, objects } from '../../state/control.ts'

/** The controls of the lesson. */
export const CONTROLS = {
  preset: choice(['lesson9-simple', 'lesson9', 'tiny', 'ssd300'], 'lesson9-simple'),
  threshold: number({ default: 0.5, min: 0.05, max: 1, step: 0.01 }),
  matcher: choice(['bipartite', 'overwriting'], 'bipartite'),
  objects: objects(),
}
