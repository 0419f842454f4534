/** @file Situations to link to: an address is all that a teacher needs. */
import { LESSON_OBJECTS_WORD } from './close-objects.ts'

/** A situation with its address. */
export interface Example {
  readonly title: string
  readonly look: string
  /** `#/sandbox?...` */
  readonly link: string
}

const link = (query: string) => `#/sandbox?${query}`

/** Three situations; each is all in its address. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Two objects want one anchor',
    look: 'One object is left with none, and is taught as background.',
    link: link(
      `objects=${LESSON_OBJECTS_WORD}&anchors=one&stride=64&size=72&sizes=1&ratios=1&learned=0.9&bug=lost`,
    ),
  },
  {
    title: 'The labels are mirrored, the picture is not',
    look: 'All objects stand on the left, all positives on the right: a good network has a bad loss.',
    link: link('picture=scene-103&learned=0.9&bug=flip'),
  },
  {
    title: 'Background drowns the loss',
    look: 'Without mining, thousands of easy negatives outshout the few positives.',
    link: link('anchors=tiny&learned=0.3&bug=mining'),
  },
]
