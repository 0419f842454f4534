import { expect, it } from 'vitest'
import { memoryTree } from '../../test/support/memory-tree.ts'
import { formatOf } from './formats.ts'
import { withUnlabelled } from './unlabelled.ts'

it('pictures without labels become entries without objects, in the split that their folder names', async () => {
  const tree = memoryTree({
    'classes.txt': 'cat\n',
    'images/train/a.jpg': '',
    'labels/train/a.txt': '0 0.5 0.5 0.1 0.2\n',
    'images/train/b.jpg': '',
    'images/c.png': '',
  })
  const index = await withUnlabelled(await formatOf('yolo').read(tree), tree)
  expect(index.entries.map(({ id }) => id)).toEqual([
    'images/train/a',
    'images/c',
    'images/train/b',
  ])
  expect([...index.splits!]).toEqual([['train', ['images/train/a', 'images/train/b']]])
  const [, c] = await Promise.all(index.entries.map(({ load }) => load()))
  expect(c).toEqual({ picture: 'images/c.png', unit: 'pixels', objects: [], faults: [] })
  expect(index.notes).toEqual(['2 pictures without labels are taken for empty.'])
})
