/** @file The places of a detector's description where a rule is chosen, each bound to the rule handed over for it. */
import { CODER } from '../coder/coder.ts'
import { CLASS_LOSS } from '../loss/class/class-loss.ts'
import { OFFSET_LOSS } from '../loss/offset/offset-loss.ts'
import { MATCHER } from '../match/matcher.ts'
import { BACKBONE } from '../network/backbones/backbone.ts'
import { bindRule, type Rule } from '../rule/rule.ts'
import type { ModelConfig } from './model.ts'

/**
 * A description whose choices carry the rules that they name.
 * @param rules from outside, of any kind
 * @throws SingleshotError E_RULE when a rule has another version than the description asks for
 */
export function bindRules(model: ModelConfig, rules: readonly Rule[]): ModelConfig {
  if (rules.length === 0) return model
  const { network, boxCoder, match, loss } = model
  return {
    ...model,
    network: bindRule(network, BACKBONE, rules),
    boxCoder: bindRule(boxCoder, CODER, rules),
    match: { ...match, matcher: bindRule(match.matcher, MATCHER, rules) },
    loss: {
      ...loss,
      classLoss: bindRule(loss.classLoss, CLASS_LOSS, rules),
      offsetLoss: bindRule(loss.offsetLoss, OFFSET_LOSS, rules),
    },
  }
}
