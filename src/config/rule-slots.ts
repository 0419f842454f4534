/**
 * @file The places of a detector's description where a rule is chosen, and how rules from outside this package get there:
 * they are checked when they are handed over, bound to the choices that name them, and asked for where a description
 * names one that nobody handed over.
 */
import * as z from 'zod/mini'
import { CODER } from '../coder/coder.ts'
import { CODERS } from '../coder/coders.ts'
import { isPrintable } from '../error/printable.ts'
import { CLASS_LOSS } from '../loss/class/class-loss.ts'
import { CLASS_LOSSES } from '../loss/class/class-losses.ts'
import { OFFSET_LOSS } from '../loss/offset/offset-loss.ts'
import { OFFSET_LOSSES } from '../loss/offset/offset-losses.ts'
import { MATCHER } from '../match/matcher.ts'
import { MATCHERS } from '../match/matchers.ts'
import { BACKBONE } from '../network/backbones/backbone.ts'
import { BACKBONES } from '../network/backbones/backbones.ts'
import { bindRule, boundRule, type Choice, type Rule, refuseMissing } from '../rule/rule.ts'

/** A place where a rule is chosen. */
interface Slot {
  readonly kind: string
  /** Where in the description. */
  readonly path: readonly string[]
  readonly own: readonly Rule[]
  /** What a rule of this kind must be able to do. */
  readonly needs: readonly string[]
}

const SLOTS: readonly Slot[] = [
  { kind: BACKBONE, path: ['network'], own: BACKBONES, needs: ['build'] },
  {
    kind: CODER,
    path: ['boxCoder'],
    own: CODERS,
    needs: ['encoder', 'decoder', 'decodeGraph'],
  },
  { kind: MATCHER, path: ['match', 'matcher'], own: MATCHERS, needs: ['match'] },
  {
    kind: CLASS_LOSS,
    path: ['loss', 'classLoss'],
    own: CLASS_LOSSES,
    needs: ['error', 'probabilities', 'probabilityRows', 'logit', 'prior'],
  },
  { kind: OFFSET_LOSS, path: ['loss', 'offsetLoss'], own: OFFSET_LOSSES, needs: ['error'] },
]

/**
 * A description whose choices carry the rules that they name.
 * @param rules from outside, of any kind
 * @throws SingleshotError E_RULE when a rule has another version than the description asks for
 */
export function bindRules<Model extends object>(model: Model, rules: readonly Rule[]): Model {
  if (rules.length === 0) return model
  const bind = (bound: Model, { kind, path }: Slot) =>
    replaceAt(bound, path, (choice) => bindRule(choice as Choice, kind, rules)) as Model
  return SLOTS.reduce(bind, model)
}

/** The rules from outside that a description's choices carry. */
export function rulesOf(model: object): Rule[] {
  return SLOTS.flatMap(({ path }) => boundRule(valueAt(model, path)) ?? [])
}

/**
 * Asks for rules that a description names and nobody handed over. A version tells that a rule is from outside.
 * @param model as it was read, not checked yet @param file it is from, for the message
 * @throws SingleshotError E_RULE
 */
export function requireRules(model: unknown, rules: readonly Rule[], file: string): void {
  for (const { kind, path, own } of SLOTS) {
    const choice = valueAt(model, path) as Partial<Record<'name' | 'version', unknown>> | undefined
    if (typeof choice?.name !== 'string' || typeof choice.version !== 'number') continue
    const { name, version } = choice as { name: string; version: number }
    const known = own.some((rule) => rule.name === name)
    const given = rules.find((rule) => rule.kind === kind && rule.name === name)
    if (!known && given?.version !== version)
      throw refuseMissing(kind, { name, version }, given, file)
  }
}

/** Rules from outside, as they are handed over. */
export const rulesSchema = z
  .array(z.custom<Rule>((value) => typeof value === 'object' && value !== null))
  .check(
    z.superRefine((rules, context) => {
      rules.forEach((rule, i) => {
        for (const { at, rule: message, got } of faultsOf(rule, rules.slice(0, i)))
          context.addIssue({ code: 'custom', path: [i, at], message, params: { got } })
      })
    }),
    z.meta({ description: 'a list of rules, as defineCoder and its like make them' }),
  )

interface Fault {
  readonly at: string
  readonly rule: string
  readonly got: unknown
}

/** What is wrong with a rule. @param before the rules handed over before it */
function faultsOf(rule: Rule, before: readonly Rule[]): Fault[] {
  const { kind, name, version, options } = rule
  const slot = SLOTS.find((each) => each.kind === kind)
  if (slot === undefined) {
    const kinds = SLOTS.map((each) => each.kind).join(', ')
    return [{ at: 'kind', rule: `expected one of ${kinds}`, got: kind ?? 'none' }]
  }
  const named = typeof name === 'string' && name !== '' && isPrintable(name)
  const taken = slot.own.some((own) => own.name === name)
  const twice = before.some((other) => other.kind === kind && other.name === name)
  const versioned = Number.isInteger(version) && version! >= 1
  const lacking = slot.needs.filter((need) => typeof Reflect.get(rule, need) !== 'function')
  const found: (Fault | false)[] = [
    !named && { at: 'name', rule: 'expected a name', got: name ?? 'none' },
    taken && { at: 'name', rule: `expected a name that is no ${kind} of ours`, got: name },
    twice && { at: 'name', rule: `expected every ${kind} once`, got: `a second ${name}` },
    !versioned && { at: 'version', rule: 'expected a whole number from 1', got: version ?? 'none' },
    !isRecord(options) && { at: 'options', rule: 'expected a record of options', got: options },
    ...lacking.map((need) => ({
      at: need,
      rule: 'expected a function',
      got: Reflect.get(rule, need),
    })),
  ]
  return found.filter((fault) => fault !== false)
}

function valueAt(model: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), model)
}

function replaceAt(
  part: unknown,
  path: readonly string[],
  change: (old: unknown) => unknown,
): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(part)
  return isRecord(part) ? { ...part, [key]: replaceAt(part[key], rest, change) } : part
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
