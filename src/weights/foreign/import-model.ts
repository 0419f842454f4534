/**
 * @file A model of ours from the tensors of another program: whose file it is, how many classes it knows,
 * what they are called, and which tensor goes where.
 */

import type { ModelConfig } from '../../config/model.ts'
import { PRESETS, type PresetName } from '../../config/presets.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { type Floats, input, type Shape } from '../../graph/tensor.ts'
import type { Normalisation } from '../../image/normalise.ts'
import { initialWeights, Scope } from '../../network/scope.ts'
import { ssd } from '../../network/ssd.ts'
import type { StoredTensor } from '../safetensors/safetensors.ts'
import { countClasses } from './class-count.ts'
import { firstOf, fitTensors, type Misfit } from './fit.ts'
import { foldNormalisation } from './fold-normalisation.ts'
import { findNameMap, NAME_MAPS, type NameMap, plainName } from './name-maps.ts'
import { likelyClasses, type NamedClasses } from './published-classes.ts'

/** What a model is made from. */
export interface ImportSource {
  /** Only tensors that are needed (`isNeeded`), by the file's names. */
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly preset: PresetName
  /** Names in class-id order, without background; needed for a backbone. */
  readonly classes?: readonly string[] | undefined
  /** How pictures were normalised when a VGG backbone learned, if not as the preset does. */
  readonly learnedOn?: Normalisation | undefined
  /** The file's name, for messages. */
  readonly file: string
}

/** A model, and how much of it came from the file. */
export interface ImportedModel {
  readonly config: ModelConfig
  readonly weights: ReadonlyMap<string, Floats>
  /** Of the weights, by name. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly map: NameMap
  readonly namesFrom: NamedClasses['from']
  /** How many tensors are the file's, and how many are fresh. */
  readonly read: number
  readonly fresh: number
  /** Tensors of the file that have another shape, left out. */
  readonly misfits: readonly Misfit[]
  /** Whether the first layer was rescaled for the preset's normalisation. */
  readonly rescaled: boolean
}

/** The seed of what a backbone's file does not hold. */
const FRESH_SEED = 1

/**
 * Makes a model.
 * @throws SingleshotError E_WEIGHTS_FIT if the file is of another network, E_CLASS_LIST if there are more or
 * fewer names than classes, E_USAGE for a backbone without names
 */
export function importModel({
  tensors,
  preset,
  classes,
  learnedOn,
  file,
}: ImportSource): ImportedModel {
  const plain = plainNames(tensors, file)
  const map = recognise([...plain.keys()], preset, file)
  const named = nameClasses(map, plain, { preset, classes, file })
  const config = PRESETS[preset].describe(named.names, [])
  const { scope, shapes } = build(config)
  const fit = fitTensors({ tensors: plain, wanted: shapes, map, model: preset, file })
  const weights = new Map(fit.weights)
  if (map.kind === 'backbone')
    for (const [name, fresh] of initialWeights(scope, FRESH_SEED))
      if (!weights.has(name)) weights.set(name, fresh)
  const layer = learnedOn === undefined ? undefined : map.rawFirstLayer
  const rescaled = learnedOn !== undefined && layer !== undefined
  if (rescaled) rescale(weights, layer, { learned: learnedOn, fed: config.normalisation })
  const read = fit.weights.size
  const fresh = weights.size - read
  const { misfits } = fit
  return { config, weights, shapes, map, namesFrom: named.from, read, fresh, misfits, rescaled }
}

/** The tensors by plain name. @throws SingleshotError E_WEIGHTS_FIT if two of them would be one */
function plainNames(tensors: ImportSource['tensors'], file: string): Map<string, StoredTensor> {
  const plain = new Map<string, StoredTensor>()
  for (const [name, tensor] of tensors) {
    const short = plainName(name)
    if (plain.has(short))
      throw new SingleshotError('E_WEIGHTS_FIT', {
        where: 'importWeights',
        rule: `expected one tensor ${short}`,
        got: `another called ${name}`,
        file,
      })
    plain.set(short, tensor)
  }
  return plain
}

/** The network's tensors, without numbers. */
function build(config: ModelConfig) {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, config.input.height, config.input.width]), config)
  const tensors = [...scope.parameters, ...scope.statistics]
  return { scope, shapes: new Map(tensors.map(({ name, tensor }) => [name, tensor.shape])) }
}

/** What the file is. @throws SingleshotError E_WEIGHTS_FIT if it is nothing that the preset could take */
function recognise(names: readonly string[], preset: PresetName, file: string): NameMap {
  const map = findNameMap(names)
  const network = PRESETS[preset].describe(['object'], []).network.name
  if (map !== undefined && (map.network === null || map.network === network)) return map
  const titles = NAME_MAPS.filter((each) => each.network === null || each.network === network)
  const opening = names.length === 0 ? 'no tensors' : `the tensors ${firstOf(names)}`
  throw new SingleshotError('E_WEIGHTS_FIT', {
    where: 'importWeights',
    rule: `expected ${titles.map(({ title }) => title).join(' or ')} for ${preset}`,
    got: map === undefined ? opening : `${map.title}: ${opening}`,
    file,
  })
}

type Wish = Pick<ImportSource, 'preset' | 'classes' | 'file'>

/** The names of the classes. When the file's head is of another network, any will do: it will not fit. */
function nameClasses(
  map: NameMap,
  tensors: ImportSource['tensors'],
  { preset, classes, file }: Wish,
): NamedClasses {
  if (map.kind === 'backbone') {
    if (classes !== undefined) return { names: classes, from: 'given' }
    throw new SingleshotError('E_USAGE', {
      where: 'importWeights',
      rule: `expected the option --classes FILE: ${map.title} does not know what a detector shall find`,
      file,
    })
  }
  const count = countClasses(tensors, PRESETS[preset].describe(['object'], []))
  if (classes === undefined) return likelyClasses((count ?? 2) - 1)
  if (count !== null && classes.length !== count - 1)
    throw new SingleshotError('E_CLASS_LIST', {
      where: 'importWeights',
      rule: `expected ${count - 1} class names, as many as the detector knows; background is not listed`,
      got: classes.length,
      file,
    })
  return { names: classes, from: 'given' }
}

/** Makes the first layer answer on the preset's pictures as it did on those it learned from. */
function rescale(
  weights: Map<string, Floats>,
  layer: string,
  normalisations: { readonly learned: Normalisation; readonly fed: Normalisation },
): void {
  const [weight, bias] = [`${layer}.weight`, `${layer}.bias`] as const
  const first = { weight: weights.get(weight)!, bias: weights.get(bias)! }
  const folded = foldNormalisation(first, normalisations)
  weights.set(weight, folded.weight)
  weights.set(bias, folded.bias)
}
