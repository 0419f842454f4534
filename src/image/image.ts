/** @file What a picture is, once decoded: rows of RGB bytes, upright (orientation already applied). */

/** A picture in memory. */
export interface Image {
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** RGB, 0..255, row after row, three bytes a pixel: [height, width, 3]. */
  readonly data: Uint8Array
}
