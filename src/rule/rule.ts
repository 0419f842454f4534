/**
 * @file A **rule** is one way to do one thing: one coder, one class loss, one matcher, one backbone. Each is one record
 * in one file, with its name, its options and everything that differs between it and its siblings; a list names them all.
 * A description of a detector only **chooses**: `{ "name": "focal", "alpha": 0.25, "gamma": 2 }`.
 *
 * A rule from outside this package has a version, which is stored with the model. It is no part of any list, and there is
 * no list that it could be added to behind somebody's back: it travels with the choice, under a symbol, which JSON does
 * not see. Whoever reads the description back hands the rule over again (`bindRule`).
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { OptionSchemas, OptionValues } from './options.ts'

/** What every rule has, whatever it does. */
export interface Rule<Name extends string = string, Options extends OptionSchemas = OptionSchemas> {
  /** What it is a rule for, in words, e.g. `class loss`. */
  readonly kind: string
  /** How a description chooses it. */
  readonly name: Name
  /** From 1, of rules from outside; raised when what a trained model learnt with it no longer fits it. */
  readonly version?: number
  /** JSON Schema of each option; all are required. */
  readonly options: Options
}

/** A rule that a description chose, where its type does not matter. A choice without options may be its name alone. */
export type Choice = string | { readonly name: string; readonly version?: number }

/** How a rule of this type is chosen: its name and its options. */
export type ChoiceOf<R> =
  R extends Rule<infer Name, infer Options> ? { name: Name } & OptionValues<Options> : never

/** The options of a rule of this type. */
export type OptionsOf<R> = R extends Rule<string, infer Options> ? OptionValues<Options> : never

/** Where a choice keeps a rule from outside. */
const RULE = Symbol('rule')

/**
 * The rule that a description chose.
 * @param known the list of this package's own rules
 * @throws SingleshotError E_RULE when the rule is none of them and none was handed over
 */
export function ruleOf<R extends Rule>(known: readonly R[], choice: Choice): R {
  const bound = typeof choice === 'string' ? undefined : (choice as Bound<R>)[RULE]
  const name = nameOf(choice)
  const rule = bound ?? known.find((own) => own.name === name)
  if (rule === undefined) throw refuseMissing(known[0]?.kind ?? 'rule', choice)
  return rule
}

/** The name of the chosen rule. */
export function nameOf(choice: Choice): string {
  return typeof choice === 'string' ? choice : choice.name
}

/**
 * The choice with the rule that it names, if that is one of those handed over.
 * @param kind of the rules that can be chosen here, e.g. `class loss`
 * @param rules from outside, of any kind
 * @throws SingleshotError E_RULE when the rule handed over has another version than the choice asks for
 */
export function bindRule<C extends Choice>(choice: C, kind: string, rules: readonly Rule[]): C {
  const rule = rules.find((given) => given.kind === kind && given.name === nameOf(choice))
  if (rule === undefined) return choice
  const version = typeof choice === 'string' ? undefined : choice.version
  if (version !== undefined && version !== rule.version) throw refuseMissing(kind, choice, rule)
  const named: object = typeof choice === 'string' ? { name: choice } : choice
  return { ...named, version: rule.version, [RULE]: rule } as unknown as C
}

/** The rule from outside that a choice carries; undefined where it carries none. */
export function boundRule(choice: unknown): Rule | undefined {
  return typeof choice === 'object' && choice !== null
    ? (choice as Partial<Bound<Rule>>)[RULE]
    : undefined
}

interface Bound<R extends Rule> {
  readonly name: string
  readonly [RULE]?: R
}

/**
 * The refusal of a choice whose rule was not handed over.
 * @param given a rule of that name, but of another version @param file in which the choice was made
 */
export function refuseMissing(
  kind: string,
  choice: Choice,
  given?: Rule,
  file?: string,
): SingleshotError {
  const version = typeof choice === 'string' ? undefined : choice.version
  const asked = `the ${kind} ${nameOf(choice)}${version === undefined ? '' : `, version ${version}`}`
  return new SingleshotError('E_RULE', {
    where: 'rules',
    rule: `expected ${asked}, to be handed over`,
    got: given === undefined ? 'none' : `version ${given.version}`,
    ...(file !== undefined && { file }),
  })
}
