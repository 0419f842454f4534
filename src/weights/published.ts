/**
 * @file Weight files that others have published and `singleshot pull` fetches. None comes with this program:
 * whoever uses one takes it from its publisher, under its publisher's terms.
 *
 * The last 8 hex digits of such a file's name are the first of its SHA-256 (PyTorch's custom). They tell a
 * damaged file, not a forged one; against that the address is https.
 */
import type { Normalisation } from '../config/model.ts'
import type { PresetName } from '../config/presets.ts'

/** A published file. */
export interface PublishedFile {
  /** Its name at its publisher's and in the cache. */
  readonly file: string
  readonly summary: string
  /** About; 1 MB is a million bytes. */
  readonly megabytes: number
  readonly licence: string
  /** A preset that it can be imported for. */
  readonly preset: PresetName
  /** A backbone has no classes of its own. */
  readonly kind: 'detector' | 'backbone'
  /** How its pictures were normalised, where no batch norm follows that would get used to another way. */
  readonly learnedOn?: Normalisation
}

/** Where all of them are. */
export const PUBLISHER = 'https://download.pytorch.org/models/'

const TORCHVISION = 'published by torchvision (BSD-3-Clause)'
const ON_COCO = `${TORCHVISION}, trained on COCO; its pictures' terms may bind the weights`
const ON_IMAGENET = `${TORCHVISION}, trained on ImageNet; its terms, research only, may bind the weights`

/** ImageNet's mean colour and spread, in bytes (torchvision `ImageClassification`). */
const IMAGENET_NORMALISATION: Normalisation = {
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  std: [0.229 * 255, 0.224 * 255, 0.225 * 255],
}

const FILES = {
  ssd300: {
    file: 'ssd300_vgg16_coco-b556d3b4.pth',
    summary: 'SSD300 on VGG16, 91 columns of COCO',
    megabytes: 143,
    licence: ON_COCO,
    preset: 'ssd300',
    kind: 'detector',
  },
  ssdlite320: {
    file: 'ssdlite320_mobilenet_v3_large_coco-a79551df.pth',
    summary: 'SSDLite320 on MobileNetV3-Large, 91 columns of COCO',
    megabytes: 14,
    licence: ON_COCO,
    preset: 'ssdlite320',
    kind: 'detector',
  },
  vgg16: {
    file: 'vgg16-397923af.pth',
    summary: 'VGG16, a classifier',
    megabytes: 553,
    licence: ON_IMAGENET,
    preset: 'ssd300',
    kind: 'backbone',
    learnedOn: IMAGENET_NORMALISATION,
  },
  'vgg16-features': {
    file: 'vgg16_features-amdegroot-88682ab5.pth',
    summary: "VGG16's first layers as the SSD paper starts from them; the better start for SSD",
    megabytes: 553,
    licence: `${ON_IMAGENET}; from amdegroot/ssd.pytorch (MIT), from VGG's own (CC BY 4.0)`,
    preset: 'ssd300',
    kind: 'backbone',
  },
  'mobilenet-v3-large': {
    file: 'mobilenet_v3_large-8738ca79.pth',
    summary: "MobileNetV3-Large, a classifier; its last blocks are wider than the detector's",
    megabytes: 22,
    licence: ON_IMAGENET,
    preset: 'ssdlite320',
    kind: 'backbone',
  },
  resnet34: {
    file: 'resnet34-b627a593.pth',
    summary: 'ResNet34, a classifier',
    megabytes: 87,
    licence: ON_IMAGENET,
    preset: 'lesson9',
    kind: 'backbone',
  },
} as const satisfies Record<string, PublishedFile>

/** The name of a published file. */
export type PublishedName = keyof typeof FILES

/** By name. */
export const PUBLISHED: Readonly<Record<PublishedName, PublishedFile>> = FILES

/** All names. */
export const PUBLISHED_NAMES = Object.keys(PUBLISHED) as PublishedName[]

/** How the SHA-256 of a published file begins: 8 hex digits. */
export function checksumStart({ file }: Pick<PublishedFile, 'file'>): string {
  return /-([0-9a-f]{8})\.pth$/.exec(file)![1]!
}

/** The published file that has this SHA-256, whatever it is called now. @param sha256 64 hex digits */
export function findPublished(sha256: string): PublishedName | undefined {
  return PUBLISHED_NAMES.find((name) => sha256.startsWith(checksumStart(PUBLISHED[name])))
}
