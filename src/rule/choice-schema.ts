/**
 * @file The check of a choice: the name of a rule, and that rule's options within the bounds that the rule itself gives.
 */
import * as z from 'zod/mini'
import type { NumberOption, OptionSchema } from './options.ts'
import type { ChoiceOf, Rule } from './rule.ts'

/**
 * The schema of a choice among rules.
 * @param own this package's own rules
 * @param outside rules that were handed over, of any kind; those of another kind are passed over
 */
export function choiceSchema<R extends Rule>(
  own: readonly R[],
  outside: readonly Rule[] = [],
): z.ZodMiniType<ChoiceOf<R>> {
  const kind = own[0]?.kind
  const rules: readonly Rule[] = [...own, ...outside.filter((rule) => rule.kind === kind)]
  const [first, ...others] = rules.map(ruleSchema)
  if (first === undefined) throw new RangeError('choiceSchema: a choice needs a rule')
  return z.discriminatedUnion('name', [first, ...others]) as unknown as z.ZodMiniType<ChoiceOf<R>>
}

/**
 * The schema of a choice among rules without options, which are chosen by name alone; one from outside may have options.
 * @param own this package's own rules
 * @param outside rules that were handed over, of any kind; those of another kind are passed over
 */
export function nameSchema<Name extends string>(
  own: readonly Rule<Name>[],
  outside: readonly Rule[] = [],
): z.ZodMiniType<Name> {
  const names = z.enum(own.map(({ name }) => name))
  const others = outside.filter((rule) => rule.kind === own[0]?.kind)
  if (others.length === 0) return names
  const objects = others.map(ruleSchema)
  const bare = others.map(({ name }) => z.literal(name))
  return z.union([names, ...bare, ...objects]) as unknown as z.ZodMiniType<Name>
}

/** A rule's name and options; nothing else may stand beside them. */
function ruleSchema(rule: Rule) {
  const options = Object.entries(rule.options).map(([name, option]) => [name, schemaOf(option)])
  return z.strictObject({
    name: z.literal(rule.name),
    ...(rule.version === undefined ? {} : { version: z.optional(z.literal(rule.version)) }),
    ...(Object.fromEntries(options) as Record<string, z.ZodMiniType>),
  })
}

/** An option's check, which says the same as its JSON Schema. */
function schemaOf(option: OptionSchema): z.ZodMiniType {
  if ('enum' in option) return z.enum(option.enum)
  switch (option.type) {
    case 'boolean':
      return z.boolean()
    case 'number':
    case 'integer':
      return numberSchema(option)
    case 'object': {
      const { properties } = option
      const entries = Object.entries(properties).map(([name, inner]) => [name, schemaOf(inner)])
      return z.strictObject(Object.fromEntries(entries) as Record<string, z.ZodMiniType>)
    }
    case 'array': {
      if ('prefixItems' in option)
        return z.tuple(option.prefixItems.map(schemaOf) as [z.ZodMiniType, ...z.ZodMiniType[]])
      const { items, minItems, maxItems } = option
      return z
        .array(schemaOf(items))
        .check(
          ...(minItems === undefined ? [] : [z.minLength(minItems)]),
          ...(maxItems === undefined ? [] : [z.maxLength(maxItems)]),
        )
    }
  }
}

function numberSchema({ type, ...bounds }: NumberOption): z.ZodMiniType {
  const { minimum, exclusiveMinimum, maximum, multipleOf } = bounds
  return (type === 'integer' ? z.int() : z.number()).check(
    ...(minimum === undefined ? [] : [z.minimum(minimum)]),
    ...(exclusiveMinimum === undefined ? [] : [z.gt(exclusiveMinimum)]),
    ...(maximum === undefined ? [] : [z.maximum(maximum)]),
    ...(multipleOf === undefined ? [] : [z.multipleOf(multipleOf)]),
  )
}
