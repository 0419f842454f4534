/**
 * @file Everything a detector is, but its weights: what it looks at, where, for what, and how its answers
 * are read. A model file carries exactly this beside the weights, so that a detector can never be run with
 * other anchors, other preprocessing or another class list than it was trained with.
 *
 * The schema is the one place where a setting is named, typed and bounded; the numbers of each
 * detector are in the presets.
 */
import * as z from 'zod/mini'
import { anchorLayoutSchema, featureMapSchema } from '../anchor/feature-maps.ts'
import { LONGEST_CLASS_NAME, LONGEST_INPUT_SIDE, MOST_CLASSES } from '../check/limits.ts'
import { CODERS } from '../coder/coders.ts'
import { isPrintable } from '../error/printable.ts'
import { matchSchemaWith } from '../match/matchers.ts'
import { disagreementsOf } from '../network/agreement.ts'
import { BACKBONES } from '../network/backbones/backbones.ts'
import { choiceSchema } from '../rule/choice-schema.ts'
import type { Rule } from '../rule/rule.ts'
import { detectSchema } from './detect.ts'
import { lossSchemaWith } from './loss.ts'
import { bindRules } from './rule-slots.ts'

/** A divisor; beyond these bounds 32-bit arithmetic loses it. */
const positive = z.number().check(z.minimum(1e-6), z.maximum(1e6))
const side = z.int().check(z.minimum(1), z.maximum(LONGEST_INPUT_SIDE))

/** Width and height of a network's input in pixels. */
export const inputSizeSchema = z.strictObject({ width: side, height: side })

/** The name of a class: it is shown in a line of text, a label, a table. */
const classNameSchema = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(LONGEST_CLASS_NAME),
    z.refine(isPrintable, 'expected a name without control characters'),
  )

/** One channel's value, in units of 0..255. */
const channel = z.number().check(z.minimum(-1e6), z.maximum(1e6))

/** Feature maps of a model; SSD512 has 7. */
const MOST_MAPS = 16

/** Bytes 0..255 become (value - mean) / std, for red, green, blue. */
const normalisationSchema = z.strictObject({
  mean: z.tuple([channel, channel, channel]),
  std: z.tuple([positive, positive, positive]),
})

/**
 * Each part of a detector's description by itself; whether they fit together is asked by {@link modelSchemaWith}.
 * @param rules from outside that may be chosen too
 */
export function modelPartsWith(rules: readonly Rule[] = []) {
  return z.strictObject({
    network: choiceSchema(BACKBONES, rules),
    /** Size of the network's input; every picture is warped to it. */
    input: inputSizeSchema,
    /** Class names in class-id order, without background. */
    classes: z.array(classNameSchema).check(z.minLength(1), z.maxLength(MOST_CLASSES)),
    featureMaps: z.array(featureMapSchema).check(z.minLength(1), z.maxLength(MOST_MAPS)),
    anchorLayout: anchorLayoutSchema,
    /** How offsets say "move and stretch". */
    boxCoder: choiceSchema(CODERS, rules),
    normalisation: normalisationSchema,
    match: matchSchemaWith(rules),
    loss: lossSchemaWith(rules),
    detect: detectSchema,
  })
}

/** The description of a detector, whose parts fit together and into a machine's memory. @param rules from outside */
export function modelSchemaWith(rules: readonly Rule[] = []) {
  return modelPartsWith(rules).check(
    z.superRefine((model, context) => {
      if (context.issues.length > 0) return // What is wrong by itself need not fit.
      for (const { path, rule, got } of disagreementsOf(bindRules(model, rules)))
        context.addIssue({ code: 'custom', path: [...path], message: rule, params: { got } })
    }),
  )
}

/** The description of a detector that chooses among this package's own rules. */
export const modelSchema = modelSchemaWith()

/** The description of a detector: see {@link modelSchema}. */
export type ModelConfig = z.infer<ReturnType<typeof modelPartsWith>>
