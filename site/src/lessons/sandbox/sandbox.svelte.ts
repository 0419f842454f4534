/** @file The sandbox as live state: from the learner's choices to targets, answers and loss. */
import type { AnswerNumbers, LossNumbers, Trace } from 'singleshot/core'
import { useLatest } from '../../network/latest.svelte.ts'
import { network } from '../../network/network.svelte.ts'
import { useTrace } from '../../network/trace.svelte.ts'
import { objectsFor } from '../../picture/objects-for.ts'
import { type Picture, picture } from '../../picture/picture.svelte.ts'
import type { DrawnObject } from '../../state/control.ts'
import { useControls } from '../../state/controls.svelte.ts'
import { CONTROLS } from './controls.ts'
import { foundIn } from './found.ts'
import { imagine } from './imaginary.ts'
import { type Ledger, ledgerOf } from './ledger.ts'
import { configOf, OWN_IOU } from './setting.ts'
import { rightConfig, type Situation, situationOf, withBug } from './situation.ts'

/** The losses of one moment, with what they belong to: numbers and boxes on the page are always of the same moment. */
export interface Outcome {
  readonly picture: Picture
  readonly right: Situation
  readonly wrong: Situation | null
  readonly answers: AnswerNumbers
  readonly rightNumbers: LossNumbers
  readonly wrongNumbers: LossNumbers | null
  readonly rightLedger: Ledger
  readonly wrongLedger: Ledger | null
}

/** The sandbox's live state. Call it once, at the top of the figure. */
export type Sandbox = ReturnType<typeof useSandbox>

/** Ties everything together. */
export function useSandbox() {
  const values = useControls(CONTROLS)
  const current = $derived(picture.current)
  const model = $derived(values.anchors === 'model' ? (network.model?.config ?? null) : null)
  const classes = $derived(model?.classes ?? current.classes)
  const own = $derived(model ? (objectsFor(current, classes) ?? []) : current.objects)
  const objects: readonly DrawnObject[] = $derived(
    (values.objects ?? own).map(({ box, classId }) => ({
      box: { ...box },
      classId: Math.min(classId, classes.length - 1),
    })),
  )
  const size = $derived({ width: current.image.width, height: current.image.height })
  const setting = $derived({
    ...values,
    stride: Number(values.stride),
    ratios: Number(values.ratios),
  })
  const config = $derived(configOf(setting, { classes, model }))
  const right = $derived(situationOf(rightConfig(config, values.bug), objects, size))
  const wrong = $derived(withBug(right, values.bug, size))
  // The imaginary network was taught with the variant's own threshold: the slider changes only who is responsible.
  const taught = $derived.by(() => {
    const match = { ...right.config.match, matchIouThreshold: OWN_IOU[values.variant] }
    return situationOf({ ...right.config, match }, objects, size)
  })

  const trace = useTrace(() => (model === null ? null : {}))
  const answers = $derived.by((): AnswerNumbers | null => {
    if (model === null) return imagine(taught, values)
    return trace.value === null ? null : answersOf(trace.value)
  })

  const outcome = useLatest(() => {
    const asked = { picture: current, right, wrong, answers }
    return { ask: async () => (asked.answers === null ? null : judge(asked, asked.answers)) }
  })
  const found = $derived.by(() => {
    if (!values.detections || outcome.value?.picture !== current) return []
    const thresholds = { scoreThreshold: values.score, nmsIouThreshold: values.nms }
    return foundIn(outcome.value.right, outcome.value.answers, thresholds, size)
  })

  return {
    values,
    outcome,
    get size() {
      return size
    },
    get classes() {
      return classes
    },
    get objects() {
      return objects
    },
    /** The loaded model's anchors and answers are used. */
    get usesModel() {
      return model !== null
    },
    get config() {
      return config
    },
    get right() {
      return right
    },
    /** What the anchors are told now: with the bug, if there is one. */
    get told() {
      return wrong ?? right
    },
    get answers() {
      return answers
    },
    /** Why there is no model, no answers of it, or no losses of them. */
    get problem() {
      const withoutModel = values.anchors === 'model' && network.status === 'failed'
      return (withoutModel ? network.problem : null) ?? trace.problem ?? outcome.problem
    },
    get found() {
      return found
    },
    nameOf: (classId: number) => classes[classId] ?? 'object',
  }
}

function answersOf({ anchors }: Trace): AnswerNumbers {
  return {
    logits: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.logits)),
    offsets: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.offsets)),
  }
}

async function judge(
  { picture, right, wrong }: Pick<Outcome, 'picture' | 'right' | 'wrong'>,
  answers: AnswerNumbers,
): Promise<Outcome> {
  const lossOf = ({ config, targets }: Situation) => network.loss({ config, answers, targets })
  const rightNumbers = await lossOf(right)
  const wrongNumbers = wrong && (await lossOf(wrong))
  return {
    ...{ picture, right, wrong, answers, rightNumbers, wrongNumbers },
    rightLedger: ledgerOf(right, rightNumbers, right),
    wrongLedger: wrong && wrongNumbers && ledgerOf(wrong, wrongNumbers, right),
  }
}
