/**
 * @file Where a network's weights live while it is being built. Layers ask their scope for a parameter by
 * name; the scope remembers the list, with how to initialise each, so that building the network twice (once
 * to train, once to detect) finds the same names.
 *
 * - A **parameter** is learned: the gradient moves it.
 * - A **statistic** is measured: batch norm's running mean and variance. In training a layer hands in what
 *   it shall become.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import { elementCount, type Floats, input, type Shape, type Tensor } from '../graph/tensor.ts'
import { createRandom, type Random } from '../random/random.ts'

/** Training uses the batch's own statistics and updates the running ones; evaluation uses the running ones. */
export type Mode = 'train' | 'evaluate'

/** Fills a new parameter. */
export type Initialiser = (shape: Shape, random: Random) => Floats

/** One learned tensor. */
export interface Parameter {
  readonly name: string
  readonly tensor: Tensor
  readonly initialise: Initialiser
  /** Whether weight decay pulls it towards 0: weights yes; biases and norms no. */
  readonly decay: boolean
}

/** One measured tensor. */
export interface Statistic {
  readonly name: string
  readonly tensor: Tensor
  readonly initial: number
  /** Its value after a training step. */
  next?: Tensor
}

interface Registry {
  readonly parameters: Map<string, Parameter>
  readonly statistics: Map<string, Statistic>
}

/** Says of a part of the network whether its weights stay as they are while the rest learns. */
export type Frozen = (path: string) => boolean

/** A named part of a network, e.g. `backbone.2.conv`. */
export class Scope {
  readonly #mode: Mode
  readonly #frozen: Frozen
  #path = ''
  #registry: Registry = { parameters: new Map(), statistics: new Map() }

  /** @param mode what the network is built for @param frozen parts that do not learn, default none */
  constructor(mode: Mode, frozen: Frozen = () => false) {
    this.#mode = mode
    this.#frozen = frozen
  }

  /** What this part is built for: a frozen part is evaluated even while the rest is trained. */
  get mode(): Mode {
    return this.#frozen(this.#path) ? 'evaluate' : this.#mode
  }

  /** A scope inside this one. */
  within(name: string | number): Scope {
    const inner = new Scope(this.#mode, this.#frozen)
    inner.#path = this.#join(String(name))
    inner.#registry = this.#registry
    return inner
  }

  /** A learned tensor of this scope. @throws SingleshotError E_INTERNAL when the name is taken */
  parameter(name: string, shape: Shape, initialise: Initialiser, { decay = true } = {}): Tensor {
    const full = this.#newName(name)
    const tensor = input(full, shape)
    this.#registry.parameters.set(full, { name: full, tensor, initialise, decay })
    return tensor
  }

  /** A measured tensor of this scope, every element `initial` at first. @throws as {@link parameter} */
  statistic(name: string, shape: Shape, initial: number): Statistic {
    const full = this.#newName(name)
    const statistic: Statistic = { name: full, tensor: input(full, shape), initial }
    this.#registry.statistics.set(full, statistic)
    return statistic
  }

  /** Every learned tensor, in the order of building. */
  get parameters(): readonly Parameter[] {
    return [...this.#registry.parameters.values()]
  }

  /** Every measured tensor, in the order of building. */
  get statistics(): readonly Statistic[] {
    return [...this.#registry.statistics.values()]
  }

  /** Two tensors of one name would share their weights, unseen. */
  #newName(name: string): string {
    const full = this.#join(name)
    const { parameters, statistics } = this.#registry
    if (!parameters.has(full) && !statistics.has(full)) return full
    throw new SingleshotError('E_INTERNAL', {
      where: 'Scope',
      rule: 'expected a name of its own for every tensor of a network',
      got: `a second ${full}`,
    })
  }

  #join(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }
}

/**
 * Fresh weights for a network. Each parameter has random numbers of its own, named by its place in the
 * list, so that adding a layer at the end leaves the others as they were.
 */
export function initialWeights(scope: Scope, seed: number): Map<string, Floats> {
  const weights = new Map<string, Floats>()
  scope.parameters.forEach(({ name, tensor, initialise }, i) => {
    weights.set(name, initialise(tensor.shape, createRandom(seed, i)))
  })
  for (const { name, tensor, initial } of scope.statistics)
    weights.set(name, new Float32Array(elementCount(tensor.shape)).fill(initial))
  return weights
}
