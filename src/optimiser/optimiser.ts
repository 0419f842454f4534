/**
 * @file What an **optimiser** is: one way to turn a slope, how the loss changes with a weight, into the weight's next
 * value. It works inside the graph, on one weight after the other; what it must remember of each, it keeps in the
 * program's state.
 */
import type { Tensor } from '../graph/tensor.ts'
import type { OptionSchemas } from '../rule/options.ts'
import type { Rule } from '../rule/rule.ts'

/** What sort of rule an optimiser is. */
export const OPTIMISER = 'optimiser'

/** How slowly it forgets, 0..1 each. */
export interface Memory {
  /** Former slopes. */
  readonly momentum: number
  /** The squares of former slopes. */
  readonly squareMemory: number
}

/** One weight before its step. */
export interface Slope {
  readonly name: string
  readonly weight: Tensor
  /** How the loss changes with the weight, clipped. */
  readonly gradient: Tensor
  /** How strongly the weight is pulled towards 0. */
  readonly decay: number
  /** Its learning rate, a scalar. */
  readonly rate: Tensor
}

/** Gives a tensor of the state its value after the step. */
export type Replace = (name: string, next: Tensor) => void

/** Makes the next value of a weight. */
export type WeightRule = (slope: Slope) => Tensor

/** One optimiser. */
export interface Optimiser<Name extends string = string> extends Rule<Name> {
  readonly kind: typeof OPTIMISER
  /** What it is good for, in a few words. */
  readonly words: string
  /** What depends on the optimiser; both measure something else with each. */
  readonly defaults: {
    /** Largest step along the slope. */
    readonly learningRate: number
    readonly weightDecay: number
  }
  /** The rule for all weights. @param replace is given what the optimiser must remember */
  rule(memory: Memory, replace: Replace): WeightRule
}

const NO_OPTIONS: OptionSchemas = {}

/** An optimiser as one record. */
export function defineOptimiser<const Name extends string>(
  optimiser: Omit<Optimiser<Name>, 'kind' | 'options'>,
): Optimiser<Name> {
  return { ...optimiser, kind: OPTIMISER, options: NO_OPTIONS }
}

/** The name of a parameter's velocity, its remembered slope, in the program's state. */
export const velocityOf = (name: string) => `velocity:${name}`
