/** @file Every default stands once: in a record, which help, documents and functions read. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { DETECT_DEFAULTS } from '../../src/config/detect-defaults.ts'
import { TRAIN_DEFAULTS } from '../../src/config/train-defaults.ts'
import { SCENE_OPTIONS, SHAPES_DEFAULTS } from '../../src/dataset/scene-options.ts'
import { MATCH_DEFAULTS } from '../../src/match/matchers.ts'
import { BENCH_DEFAULTS, DEMO_DEFAULTS } from '../../src/node/defaults.ts'
import { read, sourceFiles } from './tree.ts'

/** Names whose default stands in a record: another literal for one of them would be a second place. */
const RECORDED = new Set(
  [
    ...[BENCH_DEFAULTS, DEMO_DEFAULTS, DETECT_DEFAULTS, TRAIN_DEFAULTS],
    ...[SCENE_OPTIONS, SHAPES_DEFAULTS, MATCH_DEFAULTS],
  ].flatMap((record) => Object.keys(record)),
)

/** Arguments of inner functions that share a recorded option's name and nothing else. */
const OTHERS = [
  // Images per run of a program, which detection calls with one.
  'src/detect/network.ts: batch = 1',
  // The share of a batch in a norm's running statistics.
  'src/network/layers.ts: momentum = 0.1',
  // Background and one class more.
  'src/weights/foreign/import-model.ts: count = 2',
]

interface Fallback {
  readonly path: string
  readonly name: string
  readonly value: string
}

/** Values that a file falls back on: `{ a = 1 }` and `options.a ?? 1`. */
function fallbacksIn(path: string, text: string): Fallback[] {
  const found: Fallback[] = []
  const visit = (node: ts.Node) => {
    if ((ts.isBindingElement(node) || ts.isParameter(node)) && isLiteral(node.initializer))
      found.push({ path, name: nameOf(node), value: node.initializer!.getText() })
    const asks =
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken &&
      isLiteral(node.right)
    if (asks) found.push({ path, name: lastName(node.left.getText()), value: node.right.getText() })
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  return found
}

const nameOf = (node: ts.BindingElement | ts.ParameterDeclaration) =>
  ((ts.isBindingElement(node) ? node.propertyName : undefined) ?? node.name).getText()

const lastName = (text: string) => text.split('.').at(-1)!

const isLiteral = (node: ts.Node | undefined) =>
  node !== undefined && (ts.isNumericLiteral(node) || ts.isStringLiteral(node))

/** Nothing at all is no default that anybody would change, nor is a word for it in a message. */
const isNothing = ({ value }: Fallback) => ["''", '0', "'none'"].includes(value)

const show = ({ path, name, value }: Fallback) => `${path}: ${name} = ${value}`

const fallbacks = sourceFiles()
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => fallbacksIn(path, read(path)))

describe('a default', () => {
  it('that a record holds stands nowhere else', () => {
    const second = fallbacks.filter((one) => RECORDED.has(one.name) && one.value !== "''").map(show)
    expect(second.toSorted()).toEqual(OTHERS)
  })

  it('of an option stands in one file', () => {
    const files = new Map<string, Set<string>>()
    for (const one of fallbacks.filter((one) => !isNothing(one)))
      files.set(
        `${one.name} = ${one.value}`,
        (files.get(`${one.name} = ${one.value}`) ?? new Set()).add(one.path),
      )
    const twice = [...files].filter(([, paths]) => paths.size > 1)
    // Layers and operators each take a convolution of stride 1 in one group for granted.
    const ofConvolutions = ['stride', 'dilation', 'groups', 'padding']
    expect(
      twice
        .filter(([name]) => !ofConvolutions.includes(name.split(' ')[0]!))
        .map(([name, paths]) => [name, ...paths]),
    ).toEqual([["dtype = 'float32'", 'src/graph/ops/elementwise.ts', 'src/graph/tensor.ts']])
  })

  it('of a command line option is no literal in its help', () => {
    const literal = /otherwise: '(\d[\d.x]*|\w+)'/
    const written = sourceFiles()
      .filter((path) => path.startsWith('src/cli/'))
      .flatMap((path) =>
        read(path)
          .split('\n')
          .filter((line) => literal.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      )
    expect(written).toEqual([])
  })

  it('is found where it hides', () => {
    const text = 'function a({ seed = 3, b: c = "x" }) { return options.batch ?? 8 }'
    expect(fallbacksIn('a.ts', text).map(show)).toEqual([
      'a.ts: seed = 3',
      'a.ts: b = "x"',
      'a.ts: batch = 8',
    ])
  })
})
