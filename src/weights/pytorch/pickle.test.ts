import { describe, expect, it } from 'vitest'
import {
  type Code,
  call,
  dict,
  int,
  list,
  name,
  none,
  pickle,
  recall,
  remember,
  text,
  tuple,
} from '../../../test/parity/build-pickle.ts'
import { readPickle } from './pickle.ts'
import { OrderedDict, type PickleName, type PickleNames } from './pickle-names.ts'

const word: PickleName = { kind: 'name', name: 'lab word' }
const join: PickleName = { kind: 'name', name: 'lab join', call: (args) => args.join('+') }
const ordered: PickleName = {
  kind: 'name',
  name: 'collections OrderedDict',
  call: () => new OrderedDict(),
}
const names: PickleNames = { list: new Map([word, join, ordered].map((one) => [one.name, one])) }
const read = (bytes: Uint8Array) => readPickle({ bytes, names, file: 'f' }).value
const refused = (message: RegExp) =>
  expect.objectContaining({
    name: 'SingleshotError',
    code: 'E_WEIGHTS_FILE',
    message: expect.stringMatching(message),
  })

describe('readPickle', () => {
  it.each<[what: string, code: Code, value: unknown]>([
    ['None', none, null],
    ['true', [0x88], true],
    ['false', [0x89], false],
    ['a number of 1 byte', [0x4b, 255], 255],
    ['a number of 2 bytes', [0x4d, 1, 2], 513],
    ['a number of 4 bytes, with sign', [0x4a, 0xfe, 0xff, 0xff, 0xff], -2],
    ['a long number', int(2 ** 40), 2 ** 40],
    ['a long number below 0', [0x8a, 1, 0xff], -1],
    ['a long number of no bytes', [0x8a, 0], 0],
    ['a number beyond 2^53', [0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x40], 2n ** 62n],
    ['a float', [0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    ['text', text('Käse'), 'Käse'],
    ['text of Python 2', [0x55, 2, 0x68, 0x69], 'hi'],
    ['long text of Python 2', [0x54, 2, 0, 0, 0, 0x68, 0x69], 'hi'],
    ['tuples', tuple(int(1), [0x29], [...int(2), 0x85]), [1, [], [2]]],
    [
      'tuples of 2 and 3',
      [...none, ...none, 0x86, ...none, ...none, 0x87],
      [[null, null], null, null],
    ],
    ['a list', [...list(int(1), int(2)), ...int(3), 0x61], [1, 2, 3]],
    [
      'a dictionary',
      dict(text('a'), int(1), text('b'), none),
      new Map<string, unknown>([
        ['a', 1],
        ['b', null],
      ]),
    ],
    ['one entry of a dictionary', [0x7d, ...text('a'), ...int(1), 0x73], new Map([['a', 1]])],
    ['a call of a name on the list', call(name('lab', 'join'), int(1), text('x')), '1+x'],
    [
      'attributes, which are dropped',
      [...call(name('collections', 'OrderedDict')), ...dict(), 0x62],
      new OrderedDict(),
    ],
  ])('reads %s', (_, code, value) => {
    expect(read(pickle(code))).toEqual(value)
  })

  it('says where the next pickle begins', () => {
    const bytes = Uint8Array.from([9, 9, ...pickle(none), 7])
    expect(readPickle({ bytes, begin: 2, names, file: 'f' })).toEqual({ value: null, end: 6 })
  })

  it('uses a remembered value again, without copying it', () => {
    const [first, second] = read(pickle(tuple([...list(int(1)), ...remember(5)], recall(5)))) as [
      unknown,
      unknown,
    ]
    expect(second).toBe(first)
    const wide = read(pickle([...none, 0x72, 1, 2, 3, 4, 0x6a, 1, 2, 3, 4, 0x86]))
    expect(wide).toEqual([null, null])
  })

  it('takes __proto__ for a name like any other', () => {
    const map = read(pickle(dict(text('__proto__'), dict(text('polluted'), int(1))))) as Map<
      string,
      unknown
    >
    expect([...map.keys()]).toEqual(['__proto__'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it.each<[what: string, code: Code, called: string]>([
    ['a name', name('os', 'system'), 'os system'],
    ['what its call would give', call(name('builtins', 'eval'), text('1')), 'builtins eval'],
    ['a call of that', call(call(name('a', 'b')), none), 'a b'],
    ['a call without a tuple', [...name('a', 'b'), ...none, 0x52], 'a b'],
    [
      'an object of its class',
      [...name('argparse', 'Namespace'), 0x29, 0x81],
      'argparse Namespace',
    ],
    ['an object with attributes', [...call(name('a', 'b')), ...dict(), 0x62], 'a b'],
    ['a dictionary of its own kind', [...call(name('a', 'b')), ...none, ...none, 0x73], 'a b'],
    ['a list of its own kind', [...call(name('a', 'b')), 0x28, ...none, ...none, 0x65], 'a b'],
    ['a name of JavaScript', name('__proto__', 'constructor'), '__proto__ constructor'],
  ])('carries %s that is not on the list, and nothing of what is in it', (_, code, called) => {
    expect(read(pickle(code))).toEqual({ kind: 'opaque', name: called })
  })

  it.each<[what: string, code: Code, message: RegExp]>([
    ['a name without an end', [0x63, ...Array(300).fill(0x61)], /line of less than 256 bytes/],
    ['the call of a word', call(name('lab', 'word')), /a name that can be called, got lab word/],
    ['the call of text', call(text('join')), /a name that can be called, got text/],
    ['a call with no tuple', [...name('lab', 'join'), ...none, 0x52], /can be called/],
    [
      'attributes of a plain dictionary',
      [...dict(), ...dict(), 0x62],
      /of an OrderedDict only, got dictionary/,
    ],
    ['a reference to the outside', [...text('x'), 0x51], /no reference to the outside/],
    ['an object of no class', [...none, ...tuple(), 0x81], /an object of a class, got None/],
    [
      'an object of a name on the list',
      [...name('lab', 'join'), ...tuple(), 0x81],
      /an object of a class, got lab join/,
    ],
    [
      'a call that a state dict does not need (OBJ)',
      [0x28, ...name('os', 'system'), 0x6f],
      /instruction that a state dict needs, got 0x6f \(f, instruction at byte 14\)/,
    ],
    ['a name from the stack (STACK_GLOBAL)', [...text('os'), ...text('system'), 0x93], /got 0x93/],
    ['an object of an old class (INST)', [0x28, 0x69], /got 0x69/],
    ['a second value of the stack (DUP)', [...none, 0x32], /got 0x32/],
    ['an extension (EXT1)', [0x82, 1], /got 0x82/],
    ['a pop of nothing', [0x85], /a value on the stack/],
    ['a pop below a mark', [...none, 0x28, 0x85], /a value on the stack/],
    ['a mark that is not there', [...none, 0x74], /a mark on the stack/],
    ['a memo that is not there', recall(7), /was remembered.*got 7/],
    ['a key without a value', [0x7d, 0x28, ...int(1), 0x75], /a value for every key/],
    [
      'entries of a list',
      [0x5d, ...none, ...none, 0x73],
      /a dictionary to put entries into, got list/,
    ],
    ['values in a dictionary', [0x7d, ...none, 0x61], /a list to put values into, got dictionary/],
    ['two values in the end', [...none, ...none], /one value in the end/],
    ['a mark in the end', [0x28, ...none], /a value|one value/],
    ['no value in the end', [], /a value on the stack/],
    ['text longer than the file', [0x58, 0, 0, 1, 0, 0x61], /65536 more bytes/],
    [
      'text of 4 GB',
      [0x58, 0xff, 0xff, 0xff, 0xff],
      /text of at most 1048576 bytes, got 4294967295/,
    ],
    ['text that is not UTF-8', [0x55, 1, 0xff], /text in UTF-8/],
  ])('refuses %s', (_, code, message) => {
    expect(() => read(pickle(code))).toThrow(refused(message))
  })

  it('refuses another protocol, naming it', () => {
    expect(() => read(Uint8Array.of(0x80, 4, 0x4e, 0x2e))).toThrow(
      refused(/protocol 2, got \[0x80, 0x04\]/),
    )
  })

  it('refuses a pickle cut short anywhere', () => {
    const whole = pickle(dict(text('a'), tuple(int(1), call(name('lab', 'join'), int(2)))))
    for (let length = 0; length < whole.length; length++)
      expect(() => read(whole.subarray(0, length))).toThrow(refused(/^readPickle: /))
  })

  it('refuses a million marks, and more instructions than that', () => {
    expect(() => read(pickle(Array(900_000).fill(0x28)))).toThrow(refused(/a value on the stack/))
    expect(() => read(pickle(Array(1_100_000).fill(0x4e)))).toThrow(
      refused(/at most 1000000 instr/),
    )
  })

  it('reads lists inside one another as deep as a file can say, without running out of stack', () => {
    let value = read(pickle([...none, ...Array(200_000).fill(0x85)]))
    let depth = 0
    for (; Array.isArray(value); value = value[0]) depth++
    expect(depth).toBe(200_000)
  })

  it('makes of a value that is doubled a hundred times a hundred values, not 2^100', () => {
    const double: Code = [0x71, 0, 0x68, 0, 0x86]
    expect(read(pickle(none, ...Array<Code>(100).fill(double)))).toHaveLength(2)
  })

  it('puts a list into itself, if told to, and goes on', () => {
    const knot = read(pickle([0x5d, ...remember(0), ...recall(0), 0x61])) as unknown[]
    expect(knot[0]).toBe(knot)
  })
})
