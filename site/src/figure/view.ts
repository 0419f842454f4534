/** @file What a drawing function is told besides its context. */
import type { Tone } from './tones.ts'

/** The area to draw on, and the page's colours. */
export interface View {
  /** Width of the area in the drawing's own units: CSS pixels, or pixels of the picture. */
  readonly width: number
  readonly height: number
  /** One CSS pixel in the drawing's units: a line of `2 * pixel` looks 2 pixels wide. */
  readonly pixel: number
  /** The colour of a tone in the shown theme. */
  readonly colour: (tone: Tone | 'paper' | 'card' | 'sunk' | 'ink' | 'soft-ink' | 'line') => string
  /** The page's font, at a size in CSS pixels. */
  readonly font: (size: number, weight?: number) => string
}

/** Draws on a canvas. It is called again whenever live state that it read has changed. */
export type Draw = (context: CanvasRenderingContext2D, view: View) => void
