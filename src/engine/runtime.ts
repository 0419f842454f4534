/** @file Which ONNX Runtime an engine has, what is said when it is the slower one, and when there is none. */
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import type { EngineOptions, Runtime } from './engine.ts'
import type { EngineThread } from './thread.ts'

const RUNTIMES: readonly string[] = ['native', 'wasm'] satisfies Runtime[]

/** What brings the native library, where there is one for the system. */
const HOW_TO_GET_NATIVE =
  'npm install --ignore-scripts (on Linux it needs glibc, which Alpine lacks)'

/**
 * What the caller asks for, else what the environment variable SINGLESHOT_ENGINE says, else undefined: the fastest.
 * @throws SingleshotError E_CONFIG
 */
export function wantedRuntime(
  asked: Runtime | undefined,
  variable = process.env.SINGLESHOT_ENGINE,
): Runtime | undefined {
  const wanted = asked ?? (variable === '' ? undefined : variable)
  if (wanted === undefined || RUNTIMES.includes(wanted)) return wanted as Runtime | undefined
  throw new SingleshotError('E_CONFIG', {
    where: 'createEngine',
    rule: `expected ${asked === undefined ? 'SINGLESHOT_ENGINE' : 'runtime'} to be ${RUNTIMES.join(' or ')}`,
    got: wanted,
  })
}

/**
 * Loads ONNX Runtime in the engine's thread, and gives notice when it is not the native one though it might have been.
 * @throws SingleshotError E_ENGINE when none can be loaded; E_CLOSED
 */
export async function loadIn(
  thread: EngineThread,
  where: string,
  { runtime: wanted, onNotice }: EngineOptions,
): Promise<Runtime> {
  const loaded = await thread.ask(where, { kind: 'load', wanted }).catch((error) => {
    throw error instanceof SingleshotError ? error : missing(wanted, describeError(error))
  })
  const { runtime, refused } = loaded as { runtime: Runtime; refused: string | undefined }
  if (refused !== undefined) onNotice?.(slowNotice(refused))
  return runtime
}

/** One sentence on the slower engine, and how to get the fast one. @param refused why the native one did not load */
export function slowNotice(refused: string): string {
  return `The native engine does not load (${refused}), so a slower one in WebAssembly computes. To get the fast one: ${HOW_TO_GET_NATIVE}.`
}

function missing(wanted: Runtime | undefined, reason: string): SingleshotError {
  return new SingleshotError('E_ENGINE', {
    where: 'createEngine',
    rule: `expected ONNX Runtime to load${wanted === undefined ? '' : ` (${wanted})`}`,
    got: reason,
    remedy: `Get the native library: ${HOW_TO_GET_NATIVE}. See "If the engine does not load" in docs/install.md.`,
  })
}
