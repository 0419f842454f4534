/** @file What the network is punished for: the class loss, the offset loss, and what they are divided by. */
import * as z from 'zod/mini'
import { CLASS_LOSSES } from '../loss/class/class-losses.ts'
import type { LossConfig } from '../loss/multibox.ts'
import { OFFSET_LOSSES } from '../loss/offset/offset-losses.ts'
import { choiceSchema } from '../rule/choice-schema.ts'
import type { Rule } from '../rule/rule.ts'

/** What the network is punished for. @param rules from outside that may be chosen too */
export function lossSchemaWith(rules: readonly Rule[]) {
  return z.strictObject({
    classLoss: choiceSchema(CLASS_LOSSES, rules),
    offsetLoss: choiceSchema(OFFSET_LOSSES, rules),
    offsetWeight: z.number().check(z.minimum(0), z.maximum(1e6)),
    per: z.enum(['positive', 'image']),
  }) satisfies z.ZodMiniType<LossConfig>
}
