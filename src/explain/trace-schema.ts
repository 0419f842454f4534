/** @file The trace's published JSON Schema, docs/trace.schema.json; a test keeps the file equal to the type. */
import * as z from 'zod'
import { TRACE_VERSION, traceSchema } from './trace.ts'

/** The JSON Schema of traces, as published under `singleshot/trace.schema.json`. */
export function traceJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(traceSchema), title: `singleshot trace, version ${TRACE_VERSION}` }
}
