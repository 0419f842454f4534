/**
 * @file Every error code a user can meet, with its exit code, its meaning and what to do about it.
 * docs/errors.md is this table in prose; a test keeps the two equal.
 */
import { EXIT } from './exit-codes.ts'

/** One row of the table: exit code, meaning, remedy. */
export interface ErrorRow {
  readonly exit: number
  readonly meaning: string
  readonly remedy: string
}

/** The table. Keys are stable: scripts may test for them. */
export const ERRORS = {
  E_USAGE: {
    exit: EXIT.usage,
    meaning: 'An option or argument is unknown, missing or out of range.',
    remedy: 'Run the command with --help.',
  },
  E_FOLDER_MISSING: {
    exit: EXIT.noInput,
    meaning: 'The data folder does not exist or is not a folder.',
    remedy: 'Check the path after --data.',
  },
  E_FOLDER_EMPTY: {
    exit: EXIT.noInput,
    meaning: 'The data folder holds no annotation where annotations are looked for.',
    remedy:
      'It needs Annotations/ and JPEGImages/ (devkit layout), or XML files beside the images.',
  },
  E_SPLIT_MISSING: {
    exit: EXIT.noInput,
    meaning: 'The split that was asked for is not in the dataset, or its list cannot be read.',
    remedy: 'Use one of the splits that the message lists.',
  },
  E_ANNOTATION_MISSING: {
    exit: EXIT.noInput,
    meaning: 'A list of a split names an annotation that does not exist.',
    remedy: 'Put the annotation back or delete its line from the list.',
  },
  E_NO_IMAGES: {
    exit: EXIT.data,
    meaning: 'No image is left to train on or to evaluate.',
    remedy:
      'Look at the problems listed before the message: each names the file that was left out.',
  },
  E_LABELS: {
    exit: EXIT.data,
    meaning: 'A file of labels cannot be read, or holds something that no label can be.',
    remedy: 'Correct the place that the message names, or export the labels again.',
  },
  E_FORMAT: {
    exit: EXIT.data,
    meaning: 'The format of the labels cannot be told, or there are several that differ.',
    remedy: 'Name the format: --format voc, coco, yolo, ... (docs/formats.md lists them).',
  },
  E_XML: {
    exit: EXIT.data,
    meaning:
      'An annotation file cannot be read, is too large, not well-formed XML or not a Pascal VOC annotation.',
    remedy: 'Open the named file; export it again from the labelling tool.',
  },
  E_IMAGE_MISSING: {
    exit: EXIT.noInput,
    meaning: 'An image that is named by an annotation or by the command line does not exist.',
    remedy: 'Check the path; put the image back, or remove its annotation.',
  },
  E_IMAGE_UNREADABLE: {
    exit: EXIT.data,
    meaning:
      'An image is empty, truncated, too large, of a kind that is not read, or not an image.',
    remedy: 'Replace the named file.',
  },
  E_IMAGE_SIZE: {
    exit: EXIT.data,
    meaning: 'The size of an image differs from its annotation, so its boxes cannot be trusted.',
    remedy: 'Label the image again, or correct width and height in the annotation.',
  },
  E_BOX_FORMAT: {
    exit: EXIT.data,
    meaning: 'A box has a coordinate that is missing or not a finite number.',
    remedy: 'Correct the object named in the message.',
  },
  E_BOX_ORDER: {
    exit: EXIT.data,
    meaning: 'A box is inverted: its right or lower edge comes before its left or upper edge.',
    remedy: 'Swap the two coordinates of the object named in the message.',
  },
  E_BOX_EMPTY: {
    exit: EXIT.data,
    meaning: 'A box has zero width or height.',
    remedy:
      'Nothing needs doing: the box is reported and left out. Delete it to silence the report.',
  },
  E_BOX_TWICE: {
    exit: EXIT.data,
    meaning: 'An object is listed twice, with the same class and the same box.',
    remedy:
      'Nothing needs doing: it is reported and counts once. Delete one to silence the report.',
  },
  E_BOX_OUTSIDE: {
    exit: EXIT.data,
    meaning: 'A box is completely or partly outside its image.',
    remedy:
      'Correct the object named in the message; boxes up to one pixel outside are clipped silently.',
  },
  E_CLASS_UNKNOWN: {
    exit: EXIT.data,
    meaning: 'An object has a class that the model or the class list does not know.',
    remedy:
      'Correct the spelling, or train a new model on these classes; --weights MODEL keeps what was learnt.',
  },
  E_MODEL_FILE: {
    exit: EXIT.data,
    meaning: 'A model file is truncated, damaged or not a singleshot model.',
    remedy: 'Use last.safetensors or best.safetensors of a run; copy it again if it was cut short.',
  },
  E_TRACE: {
    exit: EXIT.data,
    meaning: 'A trace is damaged, or was made by another version.',
    remedy: 'Make it again with this version: singleshot why --model MODEL IMAGE --trace FILE.',
  },
  E_MANIFEST: {
    exit: EXIT.data,
    meaning: 'The manifest beside the explorer’s page is damaged, or was made by another version.',
    remedy: 'Make the folder again: singleshot explain --out FOLDER.',
  },
  E_WEIGHTS_FILE: {
    exit: EXIT.data,
    meaning:
      'A weight file of another program is damaged, of a kind that is not read, or holds more than tensors.',
    remedy:
      'Save only the state dict: torch.save(model.state_dict(), FILE); copy the file again if it was cut short.',
  },
  E_WEIGHTS_FIT: {
    exit: EXIT.data,
    meaning: 'A weight file belongs to another network than the one that was named.',
    remedy:
      'Name the preset that the file was made for after --model; the message says what was found.',
  },
  E_CLASS_LIST: {
    exit: EXIT.data,
    meaning:
      'A list of class names is empty, names a class twice or one that cannot be shown, or is not as long as the detector needs.',
    remedy: 'Write one class name per line, in the order of the training, without background.',
  },
  E_FILE_MISSING: {
    exit: EXIT.noInput,
    meaning: 'A file that was named does not exist or cannot be read.',
    remedy: 'Check the path. Published weights come with singleshot pull.',
  },
  E_DOWNLOAD: {
    exit: EXIT.unavailable,
    meaning: 'A published file could not be fetched: no connection, a stall, or a refusal.',
    remedy:
      'Run the command again; the part that arrived is kept. Or fetch the file by other means; the message names its place.',
  },
  E_CHECKSUM: {
    exit: EXIT.data,
    meaning: 'The downloaded file does not match the published SHA-256.',
    remedy:
      'The file was set aside under the name in the message. Pull again, from another mirror if possible.',
  },
  E_MODEL_MISSING: {
    exit: EXIT.noInput,
    meaning: 'There is no model at the path.',
    remedy: 'Name a model file, or a run folder that holds best.safetensors or last.safetensors.',
  },
  E_OUTPUT_EXISTS: {
    exit: EXIT.cannotCreate,
    meaning:
      'The output already exists: a file, or a folder that holds something; nothing was overwritten.',
    remedy: 'Choose another --out; a run goes on with --resume.',
  },
  E_WRITE: {
    exit: EXIT.io,
    meaning: 'A file could not be written: disk full, no permission, or device error.',
    remedy: 'Check the path, its permissions and the space on the disk, then try again.',
  },
  E_CONFIG: {
    exit: EXIT.usage,
    meaning: 'A setting is missing, unknown, or out of range.',
    remedy: 'The message names the setting and the values it may take.',
  },
  E_RULE: {
    exit: EXIT.usage,
    meaning:
      'A model or a run was made with a rule (a coder, loss, matcher, backbone …) from outside this package, and that rule was not handed over, or has another version.',
    remedy:
      'Hand it over: loadModel(model, { rules: [yourRule] }); on the command line --rules FILE.',
  },
  E_ARGUMENT: {
    exit: EXIT.usage,
    meaning: 'A function of the library was given something that it does not take.',
    remedy: 'The message names the argument and what it may be.',
  },
  E_CLOSED: {
    exit: EXIT.internal,
    meaning: 'A model, engine or program was used after it was closed, or closed during the call.',
    remedy: 'Wait for what is under way before closing, or load the model anew.',
  },
  E_ENGINE: {
    exit: EXIT.unavailable,
    meaning:
      'The engine that computes, or the library that decodes pictures, could not be loaded on this system, or the thread of the engine ended.',
    remedy: 'Try again; if it happens again, see "If the engine does not load" in docs/install.md.',
  },
  E_RUN: {
    exit: EXIT.data,
    meaning:
      'A run folder cannot be resumed or read: a file in it is damaged, missing or of another run.',
    remedy: 'The message names the file; restore it, or begin a new run with --weights RUN.',
  },
  E_RUN_BUSY: {
    exit: EXIT.tryAgain,
    meaning: 'Another process is training in this run folder.',
    remedy: 'Wait until it has ended, or choose another --out.',
  },
  E_NO_OBJECTS: {
    exit: EXIT.data,
    meaning: 'The pictures to train on hold no object at all, so there is nothing to learn.',
    remedy: 'Check that the right split and the right annotations were read.',
  },
  E_SHAPE: {
    exit: EXIT.internal,
    meaning: 'Two tensors or arrays do not fit together.',
    remedy:
      'If you called a function of the library, correct the named argument; else report a bug.',
  },
  E_DEVICE: {
    exit: EXIT.usage,
    meaning: 'The chosen device is not there or cannot run an operator of the graph.',
    remedy: 'Use --device cpu.',
  },
  E_NOT_FINITE: {
    exit: EXIT.data,
    meaning: 'The training loss became infinite or not a number.',
    remedy: 'Lower --learning-rate; the message names the loss term and the images of the batch.',
  },
  E_INTERNAL: {
    exit: EXIT.internal,
    meaning: 'A bug in singleshot.',
    remedy: 'Please report it with the message and the command.',
  },
} as const satisfies Record<string, ErrorRow>

/** A stable error code, a key of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS
