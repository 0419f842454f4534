/**
 * @file What a schema allows at a place, in words, for error messages. The words are made from the schema's own JSON
 * Schema, so that they can never say anything else than what is checked.
 */
import * as z from 'zod/mini'
import { describeRange } from './describe-range.ts'

/** A part of a JSON Schema, as far as it is looked at here. */
export interface SchemaNode {
  readonly type?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: SchemaNode | boolean
  readonly items?: SchemaNode
  readonly prefixItems?: readonly SchemaNode[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
}

const nodes = new WeakMap<z.core.$ZodType, SchemaNode>()

/** The JSON Schema of a schema; functions and the like are described by their `description`. */
export function nodeOf(schema: z.core.$ZodType): SchemaNode {
  const known = nodes.get(schema)
  if (known !== undefined) return known
  const node = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as SchemaNode
  nodes.set(schema, node)
  return node
}

/** The alternatives of a part, itself if there is only one. */
export function branchesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ?? node.oneOf ?? [node]
}

/** The part under a key. @param value what stands there, which tells between alternatives by its `name` */
export function childOf(node: SchemaNode, value: unknown, key: PropertyKey): SchemaNode {
  const children = fitting(branchesOf(node), value).flatMap((branch) => {
    if (typeof key === 'number') return branch.prefixItems?.[key] ?? branch.items ?? []
    const { properties = {}, additionalProperties: others } = branch
    if (Object.hasOwn(properties, key)) return properties[String(key)]!
    return typeof others === 'object' ? others : []
  })
  return children.length === 1 ? children[0]! : { anyOf: children }
}

/** The branches whose fixed values are those of the value; all of them if none is. */
function fitting(branches: readonly SchemaNode[], value: unknown): readonly SchemaNode[] {
  const found = branches.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([key, property]) =>
        property.const === undefined ||
        (value as Record<string, unknown> | null)?.[key] === property.const,
    ),
  )
  return found.length === 0 ? branches : found
}

/** "a number from 0 to 1", "one of sgd, adamw", "a list of 1 to 16 entries", ... */
export function describeNode(node: SchemaNode): string {
  if (node.description !== undefined) return node.description
  if (node.const !== undefined) return String(node.const)
  if (node.enum !== undefined) return oneOf(node.enum.map(String))
  const branches = branchesOf(node)
  if (branches.length > 1) {
    const words = [...new Set(branches.map(describeNode))]
    return branches.every((branch) => branch.const !== undefined)
      ? oneOf(words)
      : words.join(' or ')
  }
  return describeType(node)
}

function describeType(node: SchemaNode): string {
  switch (node.type) {
    case 'integer':
      return describeNumber(node.multipleOf === 2 ? 'an even number' : 'a whole number', node)
    case 'number':
      return describeNumber('a number', node)
    case 'boolean':
      return 'true or false'
    case 'string':
      return `text${describeCount(node.minLength, node.maxLength, 'characters')}`
    case 'array':
      return `a list${describeItems(node)}`
    case 'object':
      return 'an object'
    default:
      return node.type ?? 'something else'
  }
}

function describeItems({ prefixItems, minItems, maxItems }: SchemaNode): string {
  return prefixItems === undefined
    ? describeCount(minItems, maxItems, 'entries')
    : ` of ${prefixItems.length} entries`
}

/** Whole numbers are safe ones by their kind; that bound is not worth telling. */
function describeNumber(noun: string, node: SchemaNode): string {
  const safe = Number.MAX_SAFE_INTEGER
  return describeRange(noun, {
    min: node.minimum === -safe ? undefined : node.minimum,
    above: node.exclusiveMinimum,
    max: node.maximum === safe ? undefined : node.maximum,
  })
}

function describeCount(min = 0, most: number | undefined, noun: string): string {
  if (most !== undefined) return ` of ${min} to ${most} ${noun}`
  return min === 0 ? '' : ` of at least ${min} ${noun}`
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `one of ${words.join(', ')}`
}
