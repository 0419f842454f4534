/** @file Schemas of what several public functions take, and how what is no data is described in messages. */
import * as z from 'zod'

/** A place in the file system; whether something is there is asked later. */
export const pathSchema = z.string().min(1).meta({ description: 'a path' })

/** A schema for every field of a type: a type that gets a new field does not compile until its schema has it too. */
export type PartsOf<T> = Record<keyof T, z.core.$ZodType>

/** A name, of a split for instance. */
export const textSchema = z.string().min(1).max(4096)

/** Any function: what it is called with follows from its type. */
export const callbackSchema = z
  .custom<(...args: never[]) => unknown>(
    (value) => typeof value === 'function',
    'expected a function',
  )
  .meta({ description: 'a function' })

/** What stops a long task. */
export const signalSchema = z
  .custom<AbortSignal>((value) => value instanceof AbortSignal, 'expected an AbortSignal')
  .meta({ description: 'an AbortSignal' })
