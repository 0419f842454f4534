/**
 * @file What a foreign weight file is, told from its names, and which of its tensors is which of ours. Our
 * names are torchvision's, so a detector's file is taken as it is; a classifier calls the layers that a
 * detector takes over from it by other numbers.
 *
 * Sources: torchvision `ssd300_vgg16`, `SSDFeatureExtractorVGG`, `SSDLiteFeatureExtractorMobileNet`, `vgg16`,
 * `mobilenet_v3_large`, `resnet34`.
 */
import type { AnyBackbone, ClassifierFile } from '../../network/backbones/backbone.ts'
import { BACKBONES } from '../../network/backbones/backbones.ts'

/** How to read the names of one kind of file. */
export interface NameMap extends ClassifierFile {
  /** A detector's file must fit completely; a backbone's leaves the rest of the network fresh. */
  readonly kind: 'detector' | 'backbone'
  /** The network that the backbone is of; null for a detector, whose names are those of any network. */
  readonly network: string | null
}

/** Every kind of file that is known, in the order in which they are looked for. */
export const NAME_MAPS: readonly NameMap[] = [
  {
    kind: 'detector',
    title: 'a detector',
    network: null,
    sign: /^(backbone|head)\./,
    beginnings: [['', '']],
  },
  ...(BACKBONES as readonly AnyBackbone[]).flatMap(({ name, classifier }) =>
    classifier === undefined ? [] : [{ kind: 'backbone' as const, network: name, ...classifier }],
  ),
]

/** What DataParallel, its like and `torch.compile` put before every name, one in another, and before parts of it. */
const WRAPPERS = /^(?:module\.|_orig_mod\.){1,4}/
const COMPILED_PART = /(?<=\.)_orig_mod\./g

/**
 * Names of what no detector needs: counters, and the classifier's own last layers. In torchvision's
 * `vgg16_features-amdegroot` those are not even numbers, so they must not be read.
 */
const NOT_NEEDED = /(^|\.)num_batches_tracked$|^n_averaged$|^classifier\.|^fc\./

/** A tensor's name without what wrappers put before it. */
export function plainName(name: string): string {
  return name.replace(WRAPPERS, '').replace(COMPILED_PART, '')
}

/** Whether a tensor is worth reading at all. @param name as in the file */
export function isNeeded(name: string): boolean {
  return !NOT_NEEDED.test(plainName(name))
}

/** The kind of file that has these names; undefined if none is known. @param names plain ones */
export function findNameMap(names: readonly string[]): NameMap | undefined {
  return NAME_MAPS.find(({ sign }) => names.some((name) => sign.test(name)))
}

/** The file's name for a tensor of ours; null if such a file does not have it. */
export function theirName({ beginnings }: NameMap, name: string): string | null {
  const found = beginnings.find(([ours]) => name.startsWith(ours))
  return found === undefined ? null : found[1] + name.slice(found[0].length)
}
