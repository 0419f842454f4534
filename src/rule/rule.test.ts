import { describe, expect, expectTypeOf, it } from 'vitest'
import { bindRule, type ChoiceOf, type Rule, ruleOf } from './rule.ts'

const round = { kind: 'wheel', name: 'round', options: { spokes: { type: 'integer' } } } as const
const square = { kind: 'wheel', name: 'square', options: {} } as const
const OWN: readonly Rule[] = [round, square]

/** Somebody else's. */
const oval: Rule = { kind: 'wheel', name: 'oval', version: 2, options: {} }

describe('a choice', () => {
  it('finds the rule that it names, with or without options', () => {
    expect(ruleOf(OWN, { name: 'round', spokes: 8 } as { name: string })).toBe(round)
    expect(ruleOf(OWN, 'square')).toBe(square)
  })

  it('of a rule that nobody handed over is refused by name and version', () => {
    expect(() => ruleOf(OWN, { name: 'oval', version: 2 })).toThrow(
      'expected the wheel oval, version 2, to be handed over, got none',
    )
  })

  it('carries a rule from outside, through copies, but not into JSON', () => {
    const bound = bindRule({ name: 'oval' }, 'wheel', [oval])
    expect(ruleOf(OWN, { ...bound })).toBe(oval)
    expect(JSON.stringify(bound)).toBe('{"name":"oval","version":2}')
    const readBack = JSON.parse(JSON.stringify(bound)) as { name: string }
    expect(() => ruleOf(OWN, readBack)).toThrow('version 2')
    expect(ruleOf(OWN, bindRule(readBack, 'wheel', [oval]))).toBe(oval)
  })

  it('that is a name alone can carry a rule too', () => {
    expect(ruleOf(OWN, bindRule('oval', 'wheel', [oval]))).toBe(oval)
  })

  it('takes no rule of another kind or name', () => {
    expect(bindRule('square', 'wheel', [oval])).toBe('square')
    expect(bindRule({ name: 'oval' }, 'door', [oval])).toEqual({ name: 'oval' })
  })

  it('refuses a rule of another version than the one it was made with', () => {
    expect(() => bindRule({ name: 'oval', version: 1 }, 'wheel', [oval])).toThrow(
      'expected the wheel oval, version 1, to be handed over, got version 2',
    )
  })

  it('has the types of its options', () => {
    const choice: ChoiceOf<Rule<'round', typeof round.options>> = { name: 'round', spokes: 8 }
    expectTypeOf(choice.spokes).toEqualTypeOf<number>()
    expectTypeOf(choice.name).toEqualTypeOf<'round'>()
    expect(ruleOf(OWN, choice)).toBe(round)
  })
})
