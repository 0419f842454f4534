/** @file What the page and its worker say to each other: a question with a number, an answer with the same number. */
import type {
  AnswerNumbers,
  DetectConfig,
  DetectResult,
  Image,
  LossNumbers,
  ModelConfig,
  Targets,
  Trace,
  TraceOptions,
} from 'singleshot/core'
import type { Problem } from '../shell/problem.ts'
import type { StageTimes } from './time-stages.ts'

/** What the page knows of a loaded model. */
export interface ModelFacts {
  readonly config: ModelConfig
  /** How it came to be. */
  readonly notes: Readonly<Record<string, unknown>>
  /** Bytes of its file. */
  readonly bytes: number
  /** How many numbers training adjusts. */
  readonly weightCount: number
}

/** A picture for a model, which is named by its address; it is loaded when first asked for. */
export interface Look {
  readonly url: string
  readonly image: Image
}

/** Answers and targets of one picture; no network is needed, and none is loaded. */
export interface LossAsk {
  /** Its anchors, box coder and loss count; the rest may be anything. */
  readonly config: ModelConfig
  readonly answers: AnswerNumbers
  readonly targets: Pick<Targets, 'classTargets' | 'offsetTargets'>
}

/** Every question: its parameters and its answer. */
export interface Questions {
  /** Loads a model. */
  load: { ask: { url: string }; answer: ModelFacts }
  /** Detects in a picture. */
  detect: { ask: Look & { options: Partial<DetectConfig> }; answer: DetectResult }
  /** Traces a picture: every anchor's whole story. */
  trace: { ask: Look & { options: TraceOptions }; answer: Trace }
  /** Times one pass, and what second stages would add. */
  time: { ask: Look; answer: StageTimes }
  /** The loss by itself: every anchor's blame, and the slope along each answer. */
  loss: { ask: LossAsk; answer: LossNumbers }
}

/** The kinds of questions. */
export type QuestionKind = keyof Questions

/** A question on its way. */
export type Question = {
  [Kind in QuestionKind]: {
    readonly id: number
    readonly kind: Kind
    readonly ask: Questions[Kind]['ask']
  }
}[QuestionKind]

/** An answer on its way. */
export type Answer =
  | { readonly id: number; readonly value: Questions[QuestionKind]['answer'] }
  | { readonly id: number; readonly problem: Problem }
