/** @file The learner's choices as the description of a detector. Its numbers are those of the library's presets. */
import { lesson9, type ModelConfig, SSD_PAPER, tinyModel } from 'singleshot/core'
import { PAGE_INPUT } from '../../network/page-input.ts'

/** Whose rules: the paper's, torchvision's, or those of fast.ai's SSD. */
export type Variant = 'paper' | 'torchvision' | 'lesson9'

/** What the learner chose. */
export interface Setting {
  readonly variant: Variant
  readonly anchors: 'tiny' | 'lesson9' | 'one' | 'model'
  /** Of the learner's own grid: input pixels from cell to cell. */
  readonly stride: number
  /** Side of its smallest square anchor, input pixels, and how many sizes there are, each √2 times the last. */
  readonly size: number
  readonly sizes: number
  /** How many shapes each size has: 1, 3 or 5. */
  readonly ratios: number
  readonly iou: number
  /** Hard negatives for each positive (softmax), and how much less an easy answer counts (focal). */
  readonly negatives: number
  readonly gamma: number
}

const RATIOS = [1, 2, 1 / 2, 3, 1 / 3]

/** The IoU from which an anchor answers for an object, as each variant has it. */
export const OWN_IOU: Readonly<Record<Variant, number>> = {
  paper: SSD_PAPER.match.matchIouThreshold,
  torchvision: SSD_PAPER.match.matchIouThreshold,
  lesson9: lesson9(['any']).match.matchIouThreshold,
}

/**
 * The detector that was chosen.
 * @param about class names, and the loaded model's description if its anchors are used
 */
export function configOf(
  setting: Setting,
  about: { classes: readonly string[]; model: ModelConfig | null },
): ModelConfig {
  const base = about.model ?? chosen(setting, about.classes)
  const { classLoss } = base.loss
  return {
    ...base,
    match: { ...base.match, matchIouThreshold: setting.iou },
    loss: {
      ...base.loss,
      classLoss:
        'negativesPerPositive' in classLoss
          ? { ...classLoss, negativesPerPositive: setting.negatives }
          : 'gamma' in classLoss
            ? { ...classLoss, gamma: setting.gamma }
            : classLoss,
    },
  }
}

function chosen(setting: Setting, classes: readonly string[]): ModelConfig {
  const { input, featureMaps } = lesson9(classes)
  return {
    ...tinyModel(classes, PAGE_INPUT),
    ...rulesOf(setting.variant, classes),
    ...(setting.anchors === 'lesson9' && { input, featureMaps }),
    ...(setting.anchors === 'one' && { featureMaps: [ownGrid(setting)] }),
  }
}

type Rules = Pick<ModelConfig, 'boxCoder' | 'match' | 'loss' | 'detect'>

function rulesOf(variant: Variant, classes: readonly string[]): Rules {
  if (variant === 'lesson9') {
    const { boxCoder, match, loss, detect } = lesson9(classes)
    return { boxCoder, match, loss, detect }
  }
  if (variant === 'paper') return SSD_PAPER
  return { ...SSD_PAPER, match: { ...SSD_PAPER.match, matcher: 'overwriting' } }
}

function ownGrid({ stride, size, sizes, ratios }: Setting): ModelConfig['featureMaps'][number] {
  return {
    stride,
    sizes: Array.from({ length: sizes }, (_, i) => Math.round(size * Math.SQRT2 ** i)),
    aspectRatios: RATIOS.slice(0, ratios),
  }
}
