/** @file Reading a trace: nothing told of it later meets something that is not there. */
import { checkOptions } from '../check/check-options.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { TRACE_VERSION, type Trace, traceSchema } from './trace.ts'
import { findFault } from './trace-agreement.ts'

/**
 * Reads a trace. Whatever it accepts hangs together: no story told of it looks for something that is not there.
 * @param json parsed JSON @param file its name, for messages
 * @throws SingleshotError E_TRACE when it is of another version, damaged, or its parts do not belong together
 */
export function readTrace(json: unknown, file: string): Trace {
  const where = 'readTrace'
  const version = (json as { version?: unknown } | null | undefined)?.version
  if (version !== TRACE_VERSION) {
    const rule = `expected a trace of version ${TRACE_VERSION}; make it again with this version's \`singleshot why --trace\``
    throw new SingleshotError('E_TRACE', { where, rule, got: version, file })
  }
  const opening = 'expected a whole trace; '
  const trace = checkOptions(traceSchema, json, where, { code: 'E_TRACE', file, opening })
  const fault = findFault(trace)
  if (fault === undefined) return trace
  throw new SingleshotError('E_TRACE', {
    where,
    rule: `expected a trace whose parts belong together; ${fault.place}: ${fault.rule}`,
    got: fault.got,
    file,
  })
}
