/** @file Numbers of things in sentences. */

/** `1 object`, `2 objects`, `0 objects`. @param number a whole number from 0 @param many default: the noun and an s */
export function count(number: number, noun: string, many = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : many}`
}
