/** @file Every target of the fuzzer. */
import { FILE_TARGETS } from './targets-files.js'
import { STAGE_TARGETS } from './targets-stages.js'
import { TEXT_TARGETS } from './targets-text.js'

/** @type {readonly import('./built.js').Target[]} */
export const TARGETS = [...FILE_TARGETS, ...TEXT_TARGETS, ...STAGE_TARGETS]
