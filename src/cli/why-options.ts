/** @file The options of `singleshot why`. */

import { SHOWN_SCORE } from '../detect/detection.ts'
import type { Options } from './option.ts'
import { ENGINE_OPTIONS, FORMAT_OPTION, MODEL_OPTION, RULES_OPTION } from './shared-options.ts'

/** What `why` can be told. */
export const WHY_OPTIONS = {
  model: MODEL_OPTION,
  object: {
    type: 'count',
    value: 'N',
    min: 1,
    text: 'this object of the ground truth, from 1; without it and --box, everything that went wrong',
  },
  box: {
    type: 'text',
    value: 'X1,Y1,X2,Y2',
    text: 'what is in this box: left, top, right, bottom in pixels of the picture',
  },
  class: {
    type: 'text',
    value: 'NAME',
    otherwise: 'what it looks most like',
    text: 'with --box: what should have been found there',
  },
  truth: {
    type: 'text',
    value: 'FILE.xml',
    otherwise: 'NAME.xml beside the picture or in ../Annotations',
    text: 'what is labelled in the picture (Pascal VOC)',
  },
  data: {
    type: 'text',
    value: 'DIR',
    text: 'labelled pictures in any format, with this picture among them; instead of --truth',
  },
  format: FORMAT_OPTION,
  score: {
    type: 'number',
    value: 'X',
    min: 0,
    max: 1,
    default: SHOWN_SCORE,
    text: 'minimum score',
  },
  trace: {
    type: 'text',
    value: 'FILE.json',
    text: 'write the whole trace: every anchor, match, loss and verdict (docs/trace.schema.json). It counts objects, detections and anchors from 0, and so does --json, which writes one line per explanation',
  },
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Their type. */
export type WhyCommandOptions = typeof WHY_OPTIONS
