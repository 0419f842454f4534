/** @file A config file from disk. */
import { readFile, stat } from 'node:fs/promises'
import { decodeText } from '../../check/decode-text.ts'
import { parseJson } from '../../check/parse-json.ts'
import { applyConfig, type ConfigPatch, type Configuration } from '../../config/config-file.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Rule } from '../../rule/rule.ts'

/** A file that says every setting has some 3 kB. */
const LARGEST_FILE = 1024 * 1024

/**
 * Applies a config file to a configuration; without a file it stays as it is.
 * @param file a JSON file in UTF-8 or, with a byte order mark, UTF-16; or what it would hold; see
 * src/config/config-file.ts @param rules from outside that it may choose
 * @throws SingleshotError E_CONFIG when the file is missing, is no JSON, or says something impossible
 */
export async function applyConfigFile(
  base: Configuration,
  file: string | ConfigPatch | undefined,
  rules: readonly Rule[] = [],
): Promise<Configuration> {
  if (file === undefined) return base
  if (typeof file !== 'string') return applyConfig(base, file, undefined, rules)
  const refuse = (rule: string, got: unknown) =>
    new SingleshotError('E_CONFIG', { where: 'config', rule, got, file })
  const bytes = await readBytes(file, refuse).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof SingleshotError) throw error
    throw refuse('expected a config file that can be read', error.code)
  })
  const text = decodeText(bytes)
  if (text === undefined) throw refuse('expected text in UTF-8', 'other bytes')
  return applyConfig(base, parseJson(text, refuse), file, rules)
}

async function readBytes(
  file: string,
  refuse: (rule: string, got: unknown) => SingleshotError,
): Promise<Uint8Array> {
  const { size } = await stat(file)
  if (size > LARGEST_FILE)
    throw refuse(`expected a config file of at most ${LARGEST_FILE} bytes`, size)
  return readFile(file)
}
