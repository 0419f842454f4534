/**
 * @file Reading a pickle, safely. A pickle is a program: its instructions push values on a stack and build
 * lists, dictionaries and objects of them.
 *
 *     (            a mark                            stack: mark
 *     X 'a'        text                              stack: mark, 'a'
 *     K 1          a number                          stack: mark, 'a', 1
 *     t            a tuple of all above the mark     stack: ('a', 1)
 *
 * Python lets such a program call any function there is, which is why a foreign pickle must never be opened
 * with Python. Here it can do little: the instructions are those of pickle-instructions.ts, and the only names that
 * mean something are those that the caller lists, each with what it stands for. Nothing else is looked up or run: any
 * other name, and whatever a pickle would make with it, is an opaque value that says what it is called.
 *
 * Neither can it fill the memory. Every instruction takes at least a byte of the file and makes at most one
 * value; a value that is used again is the same one, not a copy; and nothing here calls itself, so that a
 * million lists inside one another are a million lists. (Format: Python's pickletools.)
 */
import { ByteReader } from '../byte-reader.ts'
import { refusal } from '../refuse.ts'
import { INSTRUCTIONS } from './pickle-instructions.ts'
import { PickleMachine } from './pickle-machine.ts'
import type { PickleNames } from './pickle-names.ts'

/** A pickle and what it may mention. */
export interface PickleSource {
  /** The bytes that hold it. */
  readonly bytes: Uint8Array
  /** Place of its first byte; 0 if absent. */
  readonly begin?: number
  /** Its names and what they stand for. */
  readonly names: PickleNames
  /** The file, for messages. */
  readonly file: string
}

/** PyTorch has always saved with this version of the format unless told otherwise. */
const PROTOCOL = 2
const PROTO = 0x80
const STOP = 0x2e
/** A tensor takes some 45; the largest detectors have some thousand tensors. */
const MOST_INSTRUCTIONS = 1_000_000

/**
 * Runs a pickle.
 * @returns the value it leaves, and the place after its last byte. Dictionaries are Maps, lists and tuples
 * arrays, whole numbers beyond 2^53 bigints; what names stand for is the caller's
 * @throws SingleshotError E_WEIGHTS_FILE for an instruction that is not listed, naming it, and for a pickle that is cut
 * short, damaged, or of more than a million instructions
 */
export function readPickle({ bytes, begin = 0, names, file }: PickleSource): {
  value: unknown
  end: number
} {
  let at = begin
  const object = () => `instruction at byte ${at}`
  const refuse = refusal('E_WEIGHTS_FILE', { where: 'readPickle', file, object })
  const reader = new ByteReader(bytes, refuse, begin)
  const opening = [reader.u8(), reader.u8()]
  if (opening[0] !== PROTO || opening[1] !== PROTOCOL)
    throw refuse(`expected a pickle of protocol ${PROTOCOL}`, opening.map(hex))
  const machine = new PickleMachine({ reader, names, refuse })
  for (let count = 0; count < MOST_INSTRUCTIONS; count++) {
    at = reader.at
    const code = reader.u8()
    if (code === STOP) return { value: machine.result(), end: reader.at }
    const run = INSTRUCTIONS.get(code)
    if (run === undefined)
      throw refuse('expected an instruction that a state dict needs', hex(code))
    run(machine)
  }
  throw refuse(`expected at most ${MOST_INSTRUCTIONS} instructions`, 'more')
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`
}
