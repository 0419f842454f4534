/**
 * @file How many channels a block of ONNX Runtime's blocked layout holds on this machine. It says so nowhere; so two
 * pixels of many channels are brought into blocks, and we look where the first channel's second pixel went.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import { toOnnx } from '../graph/onnx.ts'
import { toBlocked } from '../graph/ops/blocked.ts'
import { input } from '../graph/tensor.ts'
import type { Engine } from './engine.ts'

/** More than any block. */
const CHANNELS = 64
const MARK = 7

/**
 * Channels per block, or undefined where the blocked operators do not exist.
 * @throws SingleshotError E_CLOSED, E_ENGINE
 */
export async function measureChannelBlock(
  engine: Pick<Engine, 'compile'>,
): Promise<number | undefined> {
  try {
    const shape = [1, CHANNELS, 1, 2]
    const bytes = toOnnx({ y: toBlocked(input('x', shape)) }, { target: 'cpu' })
    const program = await engine.compile({ bytes })
    const data = new Float32Array(CHANNELS * 2)
    data[1] = MARK
    const { outputs } = await program.run({ x: { data, shape } })
    await program.close()
    const block = outputs.y!.indexOf(MARK)
    return block > 1 ? block : undefined
  } catch (error) {
    // An ONNX Runtime, or a processor, without them: the plain operators do it.
    if (error instanceof SingleshotError && error.code === 'E_DEVICE') return undefined
    throw error
  }
}
