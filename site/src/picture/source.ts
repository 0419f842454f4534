/** @file Where the current picture comes from, and the word for it in the address. */

/** Where a picture comes from. */
export type PictureSource =
  /** A generated scene, by its number. */
  | { readonly kind: 'scene'; readonly index: number }
  /** A picture of the manifest, by its place. */
  | { readonly kind: 'data'; readonly index: number }
  /** A file of the learner's. */
  | { readonly kind: 'photo'; readonly name: string }
  /** One frame of the learner's camera. */
  | { readonly kind: 'webcam' }

/** The first picture: five shapes of different sizes, two of them overlapping. */
export const FIRST_SCENE = 191

/** Scenes that an address may name. */
export const LAST_SCENE = 99_999

/** `scene-7`, `data-2`; null for what cannot be linked, because it is on the learner's device only. */
export function formatSource(source: PictureSource): string | null {
  return source.kind === 'scene' || source.kind === 'data' ? `${source.kind}-${source.index}` : null
}

/** Reads the word; the first scene if there is none, or garbage. */
export function parseSource(text: string | null): PictureSource {
  const [, kind, digits] = /^(scene|data)-(\d{1,5})$/.exec(text ?? '') ?? []
  if (digits === undefined) return { kind: 'scene', index: FIRST_SCENE }
  return { kind: kind as 'scene' | 'data', index: Number(digits) }
}
