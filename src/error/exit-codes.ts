/** @file What the process tells the shell when it ends. The numbers follow sysexits.h. */

/** Process exit codes of the CLI. */
export const EXIT = {
  ok: 0,
  /** A bug of ours: please report it. */
  internal: 70,
  /** Something this needs cannot be reached or loaded: the network, the engine (EX_UNAVAILABLE). */
  unavailable: 69,
  /** The command line is wrong (EX_USAGE). */
  usage: 64,
  /** The data is wrong: an annotation, an image, a model file (EX_DATAERR). */
  data: 65,
  /** A file or folder that was named is not there (EX_NOINPUT). */
  noInput: 66,
  /** The output cannot be made: it exists, or may not be written (EX_CANTCREAT). */
  cannotCreate: 73,
  /** The disk is full or failed (EX_IOERR). */
  io: 74,
  /** Somebody else is at it: try again later (EX_TEMPFAIL). */
  tryAgain: 75,
  /** Stopped because the terminal was closed, after saving (128 + SIGHUP). */
  hungUp: 129,
  /** Stopped by Ctrl-C, after saving (128 + SIGINT). */
  interrupted: 130,
  /** Stopped because the reader of the output left, after saving (128 + SIGPIPE). */
  readerLeft: 141,
  /** Stopped by SIGTERM, after saving (128 + SIGTERM). */
  terminated: 143,
} as const
