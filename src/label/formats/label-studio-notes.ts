/** @file Attributes in Label Studio: texts that it shows beside a region, `name: value` each. */
import type { LabelledObject } from '../labels.ts'
import { listOf } from '../text.ts'

/** The texts of an object's attributes. */
export const notesOf = (attributes: NonNullable<LabelledObject['attributes']>) =>
  Object.entries(attributes).map(([name, value]) => `${name}: ${value}`)

/** The attributes of a region's texts; a text without a name is called `note`. */
export function attributesOf(texts: unknown): Record<string, string> | undefined {
  const entries = (typeof texts === 'string' ? [texts] : listOf(texts)).flatMap((text) => {
    if (typeof text !== 'string') return []
    const [, name = 'note', value = text] = /^([^:]+): (.*)$/s.exec(text) ?? []
    return [[name, value] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
