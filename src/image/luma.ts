/** @file How bright a colour is to the eye: green counts most, blue least. Source: ITU-R BT.601, `Y'`. */

/** What red, green and blue count for; they add up to 1. */
export const LUMA = [0.299, 0.587, 0.114] as const
