/**
 * @file What long calls tell while they are under way: events of a few kinds, all through one callback, `onEvent`. It
 * is called before the call goes on, so that nothing is told late; docs/architecture.md says why it is no iterator.
 */
import type { ProblemEvent } from '../dataset/problem-list.ts'
import type { DataSummary } from '../dataset/summary.ts'
import type { StepReport } from '../train/report.ts'
import type { Picture } from './picture/to-image.ts'

export type { ProblemEvent } from '../dataset/problem-list.ts'

/** A plain sentence about what is going on. */
export interface MessageEvent {
  readonly type: 'message'
  readonly message: string
}

/** What is done and counted: pictures checked or judged, scenes written, or bytes that came. */
export type Task = 'check' | 'evaluate' | 'write' | 'fetch'

/** How far a task is. */
export interface ProgressEvent<Of extends Task = Task> {
  readonly type: 'progress'
  readonly task: Of
  readonly done: number
  /** Null where nobody knows: a server that does not say how long a file is. */
  readonly total: number | null
}

/** What there is to train on; told once, before the run begins. */
export interface DataEvent {
  readonly type: 'data'
  readonly data: DataSummary
}

/** A training step is done. */
export interface StepEvent {
  readonly type: 'step'
  readonly report: StepReport
}

/** A picture that cannot be read and was left out. */
export interface UnreadEvent extends ProblemEvent {
  /** Its place among the pictures, from 0. */
  readonly index: number
  /** What was handed over for it. */
  readonly picture: Picture
}

/** What `detect` tells about many pictures. */
export type DetectEvent = UnreadEvent | MessageEvent
/** What `train` tells. */
export type TrainEvent =
  | ProblemEvent
  | MessageEvent
  | ProgressEvent<'check'>
  | DataEvent
  | StepEvent
/** What `evaluate` tells. */
export type EvaluateEvent = ProblemEvent | ProgressEvent<'evaluate'>
/** What `writeShapes` tells: scenes written. */
export type WriteShapesEvent = ProgressEvent<'write'>
/** What `convert` tells: problems of the labels, and pictures written. */
export type ConvertEvent = ProblemEvent | ProgressEvent<'write'>
/** What `pull` tells: bytes of the file so far. */
export type PullEvent = ProgressEvent<'fetch'>
/** What the demo tells. */
export type DemoEvent = MessageEvent | StepEvent

/** Whoever is told. */
export type Listener<Event> = ((event: Event) => void) | undefined
