/** @file The check of a detector's description where it enters: by its schema, with the rules from outside that it uses. */
import { type CheckOrigin, checkOptions } from '../check/check-options.ts'
import { type ModelConfig, modelSchema, modelSchemaWith } from './model.ts'
import { rulesOf } from './rule-slots.ts'

/**
 * Checks a description that is ready to use; rules from outside are bound to it.
 * @throws SingleshotError E_CONFIG, or the code of `origin`, naming every wrong place
 */
export function checkModel(config: ModelConfig, where: string, origin: CheckOrigin = {}): void {
  const rules = rulesOf(config)
  checkOptions(rules.length === 0 ? modelSchema : modelSchemaWith(rules), config, where, origin)
}
