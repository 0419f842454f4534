/**
 * @file The check of a choice: the name of a rule, and that rule's options within the bounds that the rule itself gives.
 */
import { z } from 'zod'
import type { OptionSchema } from './options.ts'
import type { ChoiceOf, Rule } from './rule.ts'

/**
 * The schema of a choice among rules.
 * @param own this package's own rules
 * @param outside rules that were handed over, of any kind; those of another kind are passed over
 */
export function choiceSchema<R extends Rule>(
  own: readonly R[],
  outside: readonly Rule[] = [],
): z.ZodType<ChoiceOf<R>> {
  const kind = own[0]?.kind
  const rules: readonly Rule[] = [...own, ...outside.filter((rule) => rule.kind === kind)]
  const [first, ...others] = rules.map(ruleSchema)
  if (first === undefined) throw new RangeError('choiceSchema: a choice needs a rule')
  return z.discriminatedUnion('name', [first, ...others]) as unknown as z.ZodType<ChoiceOf<R>>
}

/**
 * The schema of a choice among rules without options, which are chosen by name alone; one from outside may have options.
 * @param own this package's own rules
 * @param outside rules that were handed over, of any kind; those of another kind are passed over
 */
export function nameSchema<Name extends string>(
  own: readonly Rule<Name>[],
  outside: readonly Rule[] = [],
): z.ZodType<Name> {
  const names = z.enum(own.map(({ name }) => name))
  const others = outside.filter((rule) => rule.kind === own[0]?.kind)
  if (others.length === 0) return names
  const objects = others.map(ruleSchema)
  const bare = others.map(({ name }) => z.literal(name))
  return z.union([names, ...bare, ...objects]) as unknown as z.ZodType<Name>
}

/** A rule's name and options; nothing else may stand beside them. */
function ruleSchema(rule: Rule) {
  const options = Object.entries(rule.options).map(([name, option]) => [name, schemaOf(option)])
  return z.strictObject({
    name: z.literal(rule.name),
    ...(rule.version === undefined ? {} : { version: z.literal(rule.version).optional() }),
    ...(Object.fromEntries(options) as Record<string, z.ZodType>),
  })
}

/** An option's check, which says the same as its JSON Schema. */
function schemaOf(option: OptionSchema): z.ZodType {
  return z.fromJSONSchema(closed(option) as Parameters<typeof z.fromJSONSchema>[0])
}

/** The option in full JSON Schema: lists of fixed length end there, all named options are required and no others are. */
function closed(option: OptionSchema): object {
  if ('prefixItems' in option) {
    const { length } = option.prefixItems
    return {
      ...option,
      prefixItems: option.prefixItems.map(closed),
      items: false,
      minItems: length,
    }
  }
  if ('items' in option) return { ...option, items: closed(option.items) }
  if (!('properties' in option)) return option
  const entries = Object.entries(option.properties)
  return {
    ...option,
    properties: Object.fromEntries(entries.map(([name, inner]) => [name, closed(inner)])),
    required: entries.map(([name]) => name),
    additionalProperties: false,
  }
}
