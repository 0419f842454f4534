/**
 * @file A control is data: what it may be set to, and what it is at first. A lesson declares its controls once;
 * their values are typed by it, live in the page's address, and fall back to the default when the address is garbage.
 */
import type { Box } from 'singleshot/core'

/** A number on a slider. */
export interface NumberControl {
  readonly kind: 'number'
  readonly default: number
  readonly min: number
  readonly max: number
  /** Values are whole steps above `min`. */
  readonly step: number
}

/** One of a few words. */
export interface ChoiceControl<Option extends string = string> {
  readonly kind: 'choice'
  readonly default: NoInfer<Option>
  readonly options: readonly Option[]
}

/** On or off. */
export interface FlagControl {
  readonly kind: 'flag'
  readonly default: boolean
}

/** Some boxes, in pixels of whatever the lesson draws on. */
export interface BoxesControl {
  readonly kind: 'boxes'
  readonly default: readonly Box[]
  /** Most boxes that an address may hold. */
  readonly most: number
}

/** An object that a learner drew. */
export interface DrawnObject {
  readonly box: Box
  /** 0-based. */
  readonly classId: number
}

/** Objects that a learner drew; null: the picture's own. */
export interface ObjectsControl {
  readonly kind: 'objects'
  readonly default: null
  readonly most: number
}

/** Any control. */
export type Control = NumberControl | ChoiceControl | FlagControl | BoxesControl | ObjectsControl

/** The controls of a lesson by their key, which is also their name in the address. */
export type Controls = Readonly<Record<string, Control>>

/** What a control's value is. */
export type ValueOf<C extends Control> = C extends NumberControl
  ? number
  : C extends ChoiceControl<infer Option>
    ? Option
    : C extends FlagControl
      ? boolean
      : C extends BoxesControl
        ? readonly Box[]
        : readonly DrawnObject[] | null

/** The values of a lesson's controls. */
export type Values<C extends Controls> = { -readonly [Key in keyof C]: ValueOf<C[Key]> }

/** A number from `min` to `max` in steps. */
export function number(options: Omit<NumberControl, 'kind'>): NumberControl {
  return { kind: 'number', ...options }
}

/** One of some words. */
export function choice<const Option extends string>(
  options: readonly Option[],
  standard: NoInfer<Option>,
): ChoiceControl<Option> {
  return { kind: 'choice', options, default: standard }
}

/** On or off. */
export function flag(standard = false): FlagControl {
  return { kind: 'flag', default: standard }
}

/** Boxes that can be moved. */
export function boxes(standard: readonly Box[], most = standard.length): BoxesControl {
  return { kind: 'boxes', default: standard, most }
}

/** Objects that can be drawn; at first the picture's own. */
export function objects(most = 40): ObjectsControl {
  return { kind: 'objects', default: null, most }
}
