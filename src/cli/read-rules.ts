/** @file `--rules`: rules of the user's own, exported by a module of theirs. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkOptions } from '../check/check-options.ts'
import { rulesSchema } from '../config/rule-slots.ts'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import type { Rule } from '../rule/rule.ts'
import type { Values } from './option.ts'
import type { RULES_OPTION } from './shared-options.ts'

/**
 * The rules that a module exports; other exports are passed over.
 * @throws SingleshotError E_RULE when the module cannot be loaded or exports no rule; E_ARGUMENT naming what is wrong with one
 */
export async function readRules({
  rules: file,
}: Values<{ rules: typeof RULES_OPTION }>): Promise<readonly Rule[]> {
  if (file === undefined) return []
  const exported = await load(file)
  const found = Object.values(exported).filter(
    (value) => typeof value === 'object' && value !== null && 'kind' in value,
  )
  if (found.length === 0)
    throw refuse(file, 'expected a module that exports a rule', Object.keys(exported))
  const origin = { code: 'E_ARGUMENT', file: file, object: 'rules' } as const
  return checkOptions(rulesSchema, found, '--rules', origin)
}

async function load(file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Record<string, unknown>
  } catch (error) {
    throw refuse(file, 'expected a JavaScript module that can be loaded', describeError(error))
  }
}

function refuse(file: string, rule: string, got: unknown): SingleshotError {
  const remedy = 'docs/extend.md shows a whole module of rules.'
  return new SingleshotError('E_RULE', { where: '--rules', rule, got, file, remedy })
}
