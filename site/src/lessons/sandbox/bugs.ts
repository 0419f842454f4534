/** @file What a bug is, and what it costs here, in words. */
import type { Ledger } from './ledger.ts'
import type { Bug } from './situation.ts'

/** The bug itself: name and what goes wrong. */
export const BUGS: Readonly<Record<Bug, { readonly name: string; readonly what: string }>> = {
  none: { name: 'none', what: '' },
  flip: {
    name: 'labels mirrored, picture not',
    what: 'Training mirrors half of all pictures. Here the boxes were mirrored, and the picture was not.',
  },
  lost: {
    name: 'an object loses its anchor',
    what: 'Each object takes the anchor that fits it best, one after the other. A later one overwrites an earlier one.',
  },
  mining: {
    name: 'no mining',
    what: 'Every background anchor counts in the loss, however easy it is.',
  },
}

/** What it costs, compared with the correct way. @param names of the objects' classes */
export function tellCost(bug: Bug, right: Ledger, wrong: Ledger, names: readonly string[]): string {
  if (bug === 'flip') return tellFlip(right, wrong)
  if (bug === 'lost') return tellLost(wrong, names)
  return bug === 'mining' ? tellMining(right, wrong) : ''
}

function tellFlip(right: Ledger, wrong: Ledger): string {
  if (wrong.onNothing === 0)
    return 'Here barely anything happens, because the mirrored boxes happen to cover the objects.'
  return `${wrong.onNothing} of ${count(wrong.positives, 'positive anchor')} are now where nothing is, and the network is taught to claim an object there. On the real objects it is taught background. So a network that sees correctly has the larger loss: ${wrong.loss.toFixed(2)} instead of ${right.loss.toFixed(2)}.`
}

function tellLost(wrong: Ledger, names: readonly string[]): string {
  if (wrong.forgotten.length === 0)
    return 'Here every object keeps an anchor. Put two objects of the same size on top of each other, or choose coarser anchors.'
  const lost = wrong.forgotten.map((m) => `object ${m + 1} (${names[m]})`).join(' and ')
  return `No anchor is responsible for ${lost}. In training its place is background, and a network that sees the object is told that it is wrong.`
}

function tellMining(right: Ledger, wrong: Ledger): string {
  return `${count(wrong.negatives, 'negative')} count instead of ${right.negatives.toLocaleString('en')}. Background makes ${percent(wrong.backgroundShare)} of the class loss instead of ${percent(right.backgroundShare)}, and outweighs the ${count(wrong.positives, 'positive')}.`
}

const count = (value: number, word: string) =>
  `${value.toLocaleString('en')} ${word}${value === 1 ? '' : 's'}`
const percent = (share: number) => `${Math.round(share * 100)}%`
