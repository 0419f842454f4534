/** @file The map: the whole system in one picture, before the lessons. */
import type { Lesson } from '../lesson.ts'

/** The first page. */
export const lesson: Lesson = {
  id: '00-map',
  number: 0,
  title: 'SSD on one page',
  idea: `A detector looks at a picture and lists what is there and where. This is SSD, the Single Shot MultiBox Detector, in
    twelve parts. Press *Play* and follow one picture through all of them, or open any part.

    Two things happen at different times. While the network *learns*, the upper lane runs. In *use*, only the lower lane runs.`,
  figure: () => import('./Figure.svelte'),
  more: `The thirteen lessons take these parts one by one, about ten minutes each. You need no mathematics beyond “times” and
    “divided by”. Every number on every page is worked out for the picture that you see, here in your browser, by the same code
    that trains and detects. Your own photo works as well, and never leaves this page.

    New to all this? Go through the lessons in order. If you would rather read, \`npx singleshot explain --essay\` has the same
    story as one page. Coming from fast.ai’s lecture, the paper or torchvision? Their names for
    the parts are in the glossary of the documentation.`,
  next: 'First, look closely at what a detector has to produce.',
}
