/**
 * @file The instructions of a pickle that are obeyed: those that `torch.save` writes for a dictionary of
 * tensors, plain values and objects, in Python 3 and (the two with "bytes") Python 2. What is missing is refused.
 *
 * An object of a class that is not on the list is opaque: whatever is done to it leaves it as it is.
 */

import type { PickleMachine } from './pickle-machine.ts'
import { isName, isOpaque, kindOf, OrderedDict, opaque } from './pickle-names.ts'

/** Does what one instruction says; the reader stands after its first byte. */
export type Instruction = (machine: PickleMachine) => void

/** No name or text of a state dict is near this long. Bytes. */
const LONGEST_NAME = 256
const LONGEST_TEXT = 1024 * 1024

/** The instructions by their first byte. */
export const INSTRUCTIONS: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  // Plain values.
  [0x4e, (m) => m.push(null)], // N: None
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [0x4b, (m) => m.push(m.reader.u8())], // K
  [0x4d, (m) => m.push(m.reader.u16())], // M
  [0x4a, (m) => m.push(m.reader.i32())], // J
  [0x8a, (m) => m.push(toInteger(m.reader.take(m.reader.u8())))],
  [0x47, (m) => m.push(toFloat64(m.reader.take(8)))], // G
  [0x58, (m) => pushText(m, m.reader.u32())], // X
  [0x54, (m) => pushText(m, m.reader.u32())], // T: bytes
  [0x55, (m) => pushText(m, m.reader.u8())], // U: few bytes
  // Tuples, lists and dictionaries.
  [0x28, (m) => m.mark()], // (
  [0x29, (m) => m.push([])], // ): empty tuple
  [0x85, (m) => m.push(m.popMany(1))],
  [0x86, (m) => m.push(m.popMany(2))],
  [0x87, (m) => m.push(m.popMany(3))],
  [0x74, (m) => m.push(m.popToMark())], // t
  [0x5d, (m) => m.push([])], // ]: empty list
  [0x61, (m) => append(m, [m.pop()])], // a
  [0x65, (m) => append(m, m.popToMark())], // e
  [0x7d, (m) => m.push(new Map())], // }
  [0x73, (m) => setItems(m, m.popMany(2))], // s
  [0x75, (m) => setItems(m, m.popToMark())], // u
  // The memo.
  [0x71, (m) => m.remember(m.reader.u8())], // q
  [0x72, (m) => m.remember(m.reader.u32())], // r
  [0x68, (m) => m.recall(m.reader.u8())], // h
  [0x6a, (m) => m.recall(m.reader.u32())], // j
  // Names, and what is made with them.
  [0x63, pushName], // c
  [0x52, call], // R
  [0x81, newObject], // an object of a class, by its arguments
  [0x62, setAttributes], // b
  [0x51, pushOutside], // Q
])

function pushText(m: PickleMachine, length: number): void {
  if (length > LONGEST_TEXT)
    throw m.refuse(`expected a text of at most ${LONGEST_TEXT} bytes`, length)
  m.push(m.reader.text(length))
}

function append(m: PickleMachine, values: readonly unknown[]): void {
  if (isOpaque(m.top())) return
  const list = m.topList()
  for (const value of values) list.push(value)
}

function setItems(m: PickleMachine, flat: readonly unknown[]): void {
  if (flat.length % 2 !== 0)
    throw m.refuse('expected a value for every key; the pickle is damaged', flat.length)
  if (isOpaque(m.top())) return
  const map = m.topMap()
  for (let i = 0; i < flat.length; i += 2) map.set(flat[i], flat[i + 1])
}

function pushName(m: PickleMachine): void {
  const name = `${m.reader.line(LONGEST_NAME)} ${m.reader.line(LONGEST_NAME)}`
  m.push(m.names.list.get(name) ?? opaque(name))
}

function call(m: PickleMachine): void {
  const [callee, args] = m.popMany(2)
  if (isOpaque(callee)) m.push(opaque(callee.name))
  else if (isName(callee) && callee.call !== undefined && Array.isArray(args))
    m.push(callee.call(args, m.refuse))
  else throw m.refuse('expected a call of a name that can be called', kindOf(callee))
}

/** Of the classes on the list none is made this way. */
function newObject(m: PickleMachine): void {
  const [made] = m.popMany(2)
  if (!isOpaque(made)) throw m.refuse('expected an object of a class', kindOf(made))
  m.push(opaque(made.name))
}

/** Attributes are dropped: PyTorch gives a state dict the version of every layer, which nobody needs. */
function setAttributes(m: PickleMachine): void {
  m.pop()
  const owner = m.top()
  if (!(owner instanceof OrderedDict || isOpaque(owner)))
    throw m.refuse('expected attributes of an OrderedDict only', kindOf(owner))
}

function pushOutside(m: PickleMachine): void {
  if (m.names.find === undefined) throw m.refuse('expected no reference to the outside', 'one')
  m.push(m.names.find(m.pop(), m.refuse))
}

/** A whole number of 0 to 255 bytes, little endian, in two's complement; a bigint beyond 2^53. */
function toInteger(bytes: Uint8Array): number | bigint {
  const digits = [...bytes].reverse().map((byte) => byte.toString(16).padStart(2, '0'))
  const value = BigInt.asIntN(bytes.length * 8, BigInt(`0x0${digits.join('')}`))
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** The only number that a pickle holds big endian. */
function toFloat64(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat64(0)
}
