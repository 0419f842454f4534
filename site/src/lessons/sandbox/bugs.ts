/** @file What a bug is, and what it costs here, in words. */
import type { Ledger } from './ledger.ts'
import type { Bug } from './situation.ts'

/** The bug itself: name and what goes wrong. */
export const BUGS: Readonly<Record<Bug, { readonly name: string; readonly what: string }>> = {
  none: { name: 'none', what: '' },
  flip: {
    name: 'labels mirrored, picture not',
    what: 'Training mirrors half of all pictures. Here the boxes were mirrored, and the picture was forgotten.',
  },
  lost: {
    name: 'an object loses its anchor',
    what: 'Each object takes the anchor that fits it best, one after the other. The later one overwrites the earlier.',
  },
  mining: {
    name: 'no mining',
    what: 'Every anchor on background speaks in the loss, however easy its answer was.',
  },
}

/** What it costs, compared with the right way. @param names of the objects' classes */
export function tellCost(bug: Bug, right: Ledger, wrong: Ledger, names: readonly string[]): string {
  if (bug === 'flip') return tellFlip(right, wrong)
  if (bug === 'lost') return tellLost(wrong, names)
  return bug === 'mining' ? tellMining(right, wrong) : ''
}

function tellFlip(right: Ledger, wrong: Ledger): string {
  if (wrong.onNothing === 0)
    return 'Here hardly anything happens: the mirrored boxes happen to lie on the objects.'
  return `${wrong.onNothing} of ${count(wrong.positives, 'positive anchor')} now stand where nothing is, and learn to claim an object there. The anchors on the real objects learn to say background. A network that sees rightly is punished for it: the loss is ${wrong.loss.toFixed(2)} instead of ${right.loss.toFixed(2)}.`
}

function tellLost(wrong: Ledger, names: readonly string[]): string {
  if (wrong.forgotten.length === 0)
    return 'Here every object keeps an anchor. Lay two objects of the same size upon each other, or take coarser anchors.'
  const lost = wrong.forgotten.map((m) => `object ${m + 1} (${names[m]})`).join(' and ')
  return `No anchor answers for ${lost}. In training it is background: a network that sees it is punished for it.`
}

function tellMining(right: Ledger, wrong: Ledger): string {
  return `${count(wrong.negatives, 'negative')} speak instead of ${right.negatives.toLocaleString('en')}. Background makes ${percent(wrong.backgroundShare)} of the class loss instead of ${percent(right.backgroundShare)}: the ${count(wrong.positives, 'positive')} can hardly be heard.`
}

const count = (value: number, word: string) =>
  `${value.toLocaleString('en')} ${word}${value === 1 ? '' : 's'}`
const percent = (share: number) => `${Math.round(share * 100)} %`
