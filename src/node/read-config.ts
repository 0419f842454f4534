/** @file A config file from disk. */
import { readFile } from 'node:fs/promises'
import { applyConfig, type Configuration } from '../config/config-file.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/**
 * Applies a config file to a configuration; without a file it stays as it is.
 * @param file a JSON file, see src/config/config-file.ts
 * @throws SingleshotError E_CONFIG when the file is missing, is no JSON, or says something impossible
 */
export async function applyConfigFile(
  base: Configuration,
  file: string | undefined,
): Promise<Configuration> {
  if (file === undefined) return base
  const refuse = (rule: string, got: unknown) =>
    new SingleshotError('E_CONFIG', { where: 'config', rule, got, file })
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuse('expected a config file that can be read', error.code)
  })
  let patch: unknown
  try {
    patch = JSON.parse(text)
  } catch (error) {
    throw refuse('expected JSON', error instanceof Error ? error.message : error)
  }
  return applyConfig(base, patch, file)
}
