import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { buildCheckpoint, buildLegacy, floats } from '../../../test/parity/build-checkpoint.ts'
import {
  type Code,
  call,
  dict,
  int,
  list,
  name,
  none,
  storage,
  tensor,
  text,
  tuple,
  type Walk,
} from '../../../test/parity/build-pickle.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { OrderedDict } from './pickle-names.ts'
import { readPyTorch } from './pytorch.ts'

const six = { '0': floats(1, 2, 3, 4, 5, 6) }
const inSix = (walk: Walk) => tensor(storage('0', 6), walk)
const flat = inSix({ shape: [6], strides: [1] })
const stateDict = dict(text('a'), flat)
const plain = (bytes: Uint8Array) =>
  [...readPyTorch(bytes, 'f').tensors].map(([name, { shape, data }]) => ({
    name,
    shape,
    data: [...data],
  }))
const refused = (message: RegExp) =>
  expect.objectContaining({
    name: 'SingleshotError',
    code: 'E_WEIGHTS_FILE',
    message: expect.stringMatching(message),
  })

describe.each([
  ['a zip archive', buildCheckpoint],
  ['a file of before version 1.6', buildLegacy],
])('readPyTorch on %s', (_, build) => {
  it('reads tensors that share a storage, each its own way', () => {
    const root = dict(
      text('rows'),
      inSix({ shape: [2, 3], strides: [3, 1] }),
      text('transposed'),
      inSix({ shape: [3, 2], strides: [1, 3] }),
      text('last'),
      inSix({ offset: 5, shape: [], strides: [] }),
    )
    expect(plain(build(root, six))).toEqual([
      { name: 'rows', shape: [2, 3], data: [1, 2, 3, 4, 5, 6] },
      { name: 'transposed', shape: [3, 2], data: [1, 4, 2, 5, 3, 6] },
      { name: 'last', shape: [], data: [6] },
    ])
  })

  it('finds the state dict of a training checkpoint', () => {
    for (const wrapper of ['model', 'state_dict', 'model_state_dict']) {
      const root = dict(text('epoch'), int(3), text(wrapper), stateDict, text('best'), none)
      expect(plain(build(root, six))).toEqual([{ name: 'a', shape: [6], data: [1, 2, 3, 4, 5, 6] }])
    }
  })

  it('reads what versions 0.1 to 0.3 wrote in Python 2', () => {
    const old = call(
      name('torch._utils', '_rebuild_tensor'),
      storage('0', 6),
      int(4),
      call(name('torch', 'Size'), list(int(2))),
      tuple(int(1)),
    )
    const root = call(name('collections', 'OrderedDict'), list(tuple([0x55, 1, 0x61], old)))
    expect(plain(build(root, six))).toEqual([{ name: 'a', shape: [2], data: [5, 6] }])
  })

  it.each<[what: string, walk: Walk]>([
    ['a shape beyond the storage', { shape: [7], strides: [1] }],
    ['an offset beyond the storage', { offset: 1, shape: [6], strides: [1] }],
    ['a stride beyond the storage', { shape: [2], strides: [6] }],
    ['a huge stride', { shape: [2], strides: [2 ** 53 - 1] }],
    ['huge lengths', { shape: [2 ** 52, 2 ** 52], strides: [1, 1] }],
    ['one element as a billion', { shape: [1e9], strides: [0] }],
  ])('refuses %s', (_, walk) => {
    expect(() => readPyTorch(build(dict(text('a'), inSix(walk)), six), 'f')).toThrow(
      refused(
        /expected a tensor within its storage of 6 elements, got lengths .*f, instruction at/,
      ),
    )
  })

  it.each<[what: string, walk: Walk]>([
    ['a length below 0', { shape: [-1], strides: [1] }],
    ['a stride below 0', { offset: 5, shape: [6], strides: [-1] }],
    ['an offset below 0', { offset: -1, shape: [1], strides: [1] }],
    ['a length beyond counting', { shape: [2 ** 62], strides: [1] }],
    ['strides for other axes', { shape: [2, 3], strides: [1] }],
    ['9 axes', { shape: Array(9).fill(1), strides: Array(9).fill(1) }],
  ])('refuses %s', (_, walk) => {
    expect(() => readPyTorch(build(dict(text('a'), inSix(walk)), six), 'f')).toThrow(
      refused(/an offset, and as many lengths as strides, at most 8/),
    )
  })

  it.each<[what: string, root: Code, message: RegExp]>([
    [
      'an optimiser object',
      dict(text('a'), flat, text('o'), name('argparse', 'Namespace')),
      /save only the state dict.*got argparse Namespace under o/,
    ],
    [
      'a whole module',
      call(name('torchvision.models.vgg', 'VGG'), flat),
      /torch\.save\(model\.state_dict\(\), FILE\).*got torchvision\.models\.vgg VGG/,
    ],
    [
      'a whole module among other things',
      dict(text('epoch'), int(3), text('model'), call(name('models.yolo', 'Model'), flat)),
      /save only the state dict.*got models\.yolo Model under model/,
    ],
    [
      'what os.system would give',
      call(name('os', 'system'), text('true'), flat),
      /save only the state dict.*got os system/,
    ],
    ['no dictionary', list(flat), /a dictionary of tensors, got list/],
    ['a tensor alone', flat, /a dictionary of tensors, got tensor/],
    [
      'a number among the tensors',
      dict(text('a'), flat, text('epoch'), int(3)),
      /got number under epoch/,
    ],
    ['a name that is a number', dict(int(1), flat), /names that are text, got number/],
    [
      'a storage of an unknown kind',
      dict(
        text('a'),
        tensor(storage('0', 6, { type: 'ComplexFloatStorage' }), { shape: [1], strides: [1] }),
      ),
      /got torch ComplexFloatStorage/,
    ],
    [
      'a storage with too few parts',
      dict(text('a'), [...tuple(text('storage')), 0x51]),
      /expected \('storage', type/,
    ],
    [
      'a part of a storage',
      [
        ...tuple(
          text('storage'),
          name('torch', 'IntStorage'),
          text('0'),
          text('cpu'),
          int(1),
          tuple(),
        ),
        0x51,
      ],
      /expected a whole storage/,
    ],
    [
      'a tensor in no storage',
      tensor(none, { shape: [1], strides: [1] }),
      /a tensor in a storage, got None/,
    ],
    [
      'a parameter of no tensor',
      call(name('torch._utils', '_rebuild_parameter'), none),
      /made of a tensor, got None/,
    ],
    [
      'an OrderedDict of no pairs',
      call(name('collections', 'OrderedDict'), list(none)),
      /expected a pair, got None/,
    ],
  ])('refuses %s', (_, root, message) => {
    expect(() => readPyTorch(build(root, six), 'f.pth')).toThrow(refused(message))
    expect(() => readPyTorch(build(root, six), 'f.pth')).toThrow(/f\.pth/)
  })

  it('refuses weights that are not numbers, naming the first, unless they are not wanted', () => {
    const bytes = build(dict(text('a'), flat), { '0': floats(1, 2, Number.NaN, 4, 5, 6) })
    expect(() => readPyTorch(bytes, 'f')).toThrow(
      'readPyTorch: expected finite weights in a, got NaN (f, element 2)',
    )
    expect(readPyTorch(bytes, 'f', { keep: (name) => name !== 'a' }).tensors.size).toBe(0)
  })

  it('refuses a file that names its one storage a thousand times', () => {
    const root = dict(...Array.from({ length: 1000 }, (_, i) => [text(`${i}`), flat]).flat())
    const shared = [...root]
    expect(plain(build(shared, six))).toHaveLength(1000)
    const large = { '0': new Uint8Array(40_000) }
    const whole = tensor(storage('0', 10_000), { shape: [10_000], strides: [1] })
    const many = dict(...Array.from({ length: 1000 }, (_, i) => [text(`${i}`), whole]).flat())
    expect(() => readPyTorch(build(many, large), 'f')).toThrow(
      refused(/expected at most \d+ elements/),
    )
  })

  it('goes once through a list of pairs that is named many times', () => {
    const pairs = [...list(...Array<Code>(200).fill(tuple(none, none))), 0x71, 0]
    const again = [...name('collections', 'OrderedDict'), 0x68, 0, 0x85, 0x52]
    const root = list(pairs, ...Array<Code>(100).fill(again))
    const set = vi.spyOn(OrderedDict.prototype, 'set')
    expect(() => readPyTorch(build(root, {}), 'f')).toThrow(refused(/got list/))
    expect(set).toHaveBeenCalledTimes(200)
    set.mockRestore()
  })

  it('reads or refuses whatever a single byte is changed to', () => {
    const root = dict(text('a'), flat, text('__proto__'), inSix({ shape: [3, 2], strides: [1, 3] }))
    const whole = build(root, six)
    expect(plain(whole)).toHaveLength(2)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Uint8Array.from(whole)
        bytes[at] = byte
        expect(outcome(bytes)).toMatch(/^(read|refused)$/)
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses a file cut short anywhere', () => {
    const whole = build(stateDict, six)
    for (let length = 0; length < whole.length; length++)
      expect(() => readPyTorch(whole.subarray(0, length), 'cut.pth')).toThrow(refused(/cut\.pth/))
  })
})

function outcome(bytes: Uint8Array): string {
  try {
    readPyTorch(bytes, 'f')
    return 'read'
  } catch (error) {
    return error instanceof SingleshotError ? 'refused' : String(error)
  }
}
