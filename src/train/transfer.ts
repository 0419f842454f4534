/**
 * @file Starting from a trained model. Everything it has learned about pictures serves other objects too, so
 * every layer is kept, but the one that names classes: with another class list its answers would go by wrong names.
 */
import { CLASS_HEAD } from '../network/head.ts'
import type { Model } from '../weights/model-file.ts'

/** What a new model begins with. */
export interface Transfer {
  /** By name; the rest of the new model begins fresh. */
  readonly weights: Model['weights']
  /** Whether the class head was left behind. */
  readonly newClasses: boolean
}

/**
 * The weights of a trained model that a model for other classes can begin with.
 * @param classes of the new model, in its order
 */
export function transferWeights({ config, weights }: Model, classes: readonly string[]): Transfer {
  const newClasses = config.classes.join('\n') !== classes.join('\n')
  if (!newClasses) return { weights, newClasses }
  const kept = [...weights].filter(([name]) => !name.startsWith(CLASS_HEAD))
  return { weights: new Map(kept), newClasses }
}
