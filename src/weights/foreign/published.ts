/**
 * @file Weight files that others have published and `singleshot pull` fetches. None comes with this program:
 * whoever uses one takes it from its publisher, under its publisher's terms.
 *
 * The SHA-256 of a file tells both a damaged one and a forged one. Of one file only the first 8 hex digits are known,
 * which its name ends in (PyTorch's custom): they tell a damaged file only, so forgery is left to https.
 */

import type { PresetName } from '../../config/presets.ts'
import type { Normalisation } from '../../image/normalise.ts'

/** A published file. */
export interface PublishedFile {
  /** Its name at its publisher's and in the cache. */
  readonly file: string
  /** Its SHA-256, 64 hex digits; left out where only the 8 digits in its name are known. */
  readonly sha256?: string
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
    sha256: 'b556d3b43ab6c3f63d81bfb8835fe8756ac22da664357da100dccf96b6a6b42d',
    summary: 'SSD300 on VGG16, 91 columns of COCO',
    megabytes: 143,
    licence: ON_COCO,
    preset: 'ssd300',
    kind: 'detector',
  },
  ssdlite320: {
    file: 'ssdlite320_mobilenet_v3_large_coco-a79551df.pth',
    sha256: 'a79551df90c79834bcd3bb3845ef9d966b5449a3a9b2833ae8404778ca5d65d2',
    summary: 'SSDLite320 on MobileNetV3-Large, 91 columns of COCO',
    megabytes: 14,
    licence: ON_COCO,
    preset: 'ssdlite320',
    kind: 'detector',
  },
  vgg16: {
    file: 'vgg16-397923af.pth',
    sha256: '397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0',
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
    sha256: '8738ca797c879b547d18bbd15da5736ff2557b2036a9af72225393ca61759a04',
    summary: "MobileNetV3-Large, a classifier; its last blocks are wider than the detector's",
    megabytes: 22,
    licence: ON_IMAGENET,
    preset: 'ssdlite320',
    kind: 'backbone',
  },
  resnet34: {
    file: 'resnet34-b627a593.pth',
    sha256: 'b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f',
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

/** What is known of a published file's SHA-256: all 64 hex digits, or the first 8. */
export function checksumOf({ file, sha256 }: Pick<PublishedFile, 'file' | 'sha256'>): string {
  return sha256 ?? /-([0-9a-f]{8})\.pth$/.exec(file)![1]!
}

/** The published file that has this SHA-256, whatever it is called now. @param sha256 64 hex digits */
export function findPublished(sha256: string): PublishedName | undefined {
  return PUBLISHED_NAMES.find((name) => sha256.startsWith(checksumOf(PUBLISHED[name])))
}
