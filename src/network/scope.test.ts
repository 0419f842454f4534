import { describe, expect, it } from 'vitest'
import { filled } from './initialise.ts'
import { Scope } from './scope.ts'

describe('Scope', () => {
  it('names tensors by the path of the part that they belong to', () => {
    const scope = new Scope('train')
    scope.within('backbone').within(2).parameter('weight', [3, 2], filled(0))
    scope.within('backbone').within(2).statistic('mean', [3], 1)
    expect(scope.parameters.map(({ name }) => name)).toEqual(['backbone.2.weight'])
    expect(scope.statistics.map(({ name }) => name)).toEqual(['backbone.2.mean'])
  })

  it.each(['parameter', 'statistic'] as const)(
    'refuses a %s whose name is taken: two layers would share their weights unseen',
    (kind) => {
      const scope = new Scope('train')
      scope.parameter('conv.weight', [3], filled(0))
      scope.statistic('conv.mean', [3], 0)
      const add = (name: string) =>
        kind === 'parameter'
          ? scope.within('conv').parameter(name, [4], filled(0))
          : scope.within('conv').statistic(name, [4], 0)
      expect(() => add('weight')).toThrow(/got a second conv\.weight/)
      expect(() => add('mean')).toThrow(/got a second conv\.mean/)
      expect(() => add('bias')).not.toThrow()
    },
  )
})
