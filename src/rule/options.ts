/**
 * @file How a rule describes its options: in JSON Schema, as plain data. It names, types and bounds each option once; from
 * it come the check of a config file, the messages, the published schema and the TypeScript type. Plain data, because
 * a rule may be written outside this package and run in a page, where no validation library should be needed.
 */

/** A number, a word of a list, a switch, or a list or record of these. */
export type OptionSchema =
  | NumberOption
  | { readonly type: 'boolean'; readonly description?: string }
  | { readonly enum: readonly string[]; readonly description?: string }
  | TupleOption
  | ListOption
  | RecordOption

/** A number within bounds. */
export interface NumberOption {
  readonly type: 'number' | 'integer'
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly multipleOf?: number
  readonly description?: string
}

/** A list of fixed length. */
export interface TupleOption {
  readonly type: 'array'
  readonly prefixItems: readonly OptionSchema[]
  readonly description?: string
}

/** A list of anything alike. */
export interface ListOption {
  readonly type: 'array'
  readonly items: OptionSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly description?: string
}

/** Named options, all of them required. */
export interface RecordOption {
  readonly type: 'object'
  readonly properties: OptionSchemas
  readonly description?: string
}

/** The options of a rule by name, all of them required. */
export type OptionSchemas = Readonly<Record<string, OptionSchema>>

/** The value that a schema describes. */
export type OptionValue<S> = S extends { readonly type: 'number' | 'integer' }
  ? number
  : S extends { readonly type: 'boolean' }
    ? boolean
    : S extends { readonly enum: readonly (infer Word)[] }
      ? Word
      : S extends { readonly prefixItems: infer Items }
        ? { -readonly [I in keyof Items]: OptionValue<Items[I]> }
        : S extends { readonly items: infer Item }
          ? OptionValue<Item>[]
          : S extends { readonly properties: infer Properties }
            ? OptionValues<Properties>
            : never

/** The values that the schemas of several options describe. */
export type OptionValues<Schemas> = {
  -readonly [Name in keyof Schemas]: OptionValue<Schemas[Name]>
}
