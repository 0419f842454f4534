// @ts-check
/**
 * @file What the engine's thread and the thread that owns it say to one another. Plain JavaScript, because both read it.
 *
 * Messages in: { id, kind, program, ... }, or { kind: 'close' }; messages out: {@link Reply}. Beside them, two flags lie
 * in shared memory, because a thread that computes reads no message.
 *
 * @typedef {{ readonly id: number, readonly value?: unknown, readonly error?: string }} Reply
 */

/** Place of the flag that the owner raises: begin nothing more. */
export const CLOSING = 0
/** Place of the flag that the thread raises while it works, and lowers when it is done. */
export const BUSY = 1
/** How many flags there are. */
export const FLAGS = 2
