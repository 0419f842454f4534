/** @file The little markup of lesson texts: a blank line, `code`, *stress*. */

/** A run of words of one kind. */
export interface Piece {
  readonly kind: 'plain' | 'code' | 'stress'
  readonly words: string
}

/** A text as paragraphs of pieces. A star between spaces is a star. */
export function readProse(text: string): Piece[][] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => readPieces(paragraph.replace(/\s*\n\s*/g, ' ')))
}

function readPieces(paragraph: string): Piece[] {
  return paragraph
    .split(/(`[^`]+`|\*\S(?:[^*]*\S)?\*)/)
    .filter((part) => part !== '')
    .map((part): Piece => {
      if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
        return { kind: 'code', words: part.slice(1, -1) }
      if (part.length > 2 && part.startsWith('*') && part.endsWith('*'))
        return { kind: 'stress', words: part.slice(1, -1) }
      return { kind: 'plain', words: part }
    })
}
