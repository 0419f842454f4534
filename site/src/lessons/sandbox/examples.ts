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
    title: 'Two objects, one anchor',
    look: 'One object is left with none, and is taught as background.',
    link: link(
      `objects=${LESSON_OBJECTS_WORD}&anchors=one&stride=64&size=72&sizes=1&ratios=1&learned=0.9&bug=lost`,
    ),
  },
  {
    title: 'The labels are mirrored, the picture is not',
    look: 'All objects are on the left, all positive anchors on the right. A good network has a bad loss.',
    link: link('picture=scene-103&learned=0.9&bug=flip'),
  },
  {
    title: 'Background outweighs the objects',
    look: 'Without mining, thousands of easy negatives outweigh the few positives.',
    link: link('anchors=tiny&learned=0.3&bug=mining'),
  },
]
