/** @file What label texts and tables are really like: small ones, written by hand after those that other programs leave. */
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../../test/support/memory-tree.ts'
import { boxes, readAll } from '../../../test/support/read-labels.ts'
import { formatOf } from '../formats.ts'

describe('YOLO text', () => {
  const line = '1 0.5 0.5 0.25 0.5\n'

  it('of Ultralytics: names by number, splits by folder, pictures and labels in folders of their own', async () => {
    const { index } = await readAll({
      'data.yaml':
        'path: ../datasets/x\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog\n',
      'images/train/a.jpg': '',
      'labels/train/a.txt': line,
      'images/val/b.png': '',
      'labels/val/b.txt': '',
      'images/val/unlabelled.png': '',
    })
    expect(index.classes).toEqual(['cat', 'dog'])
    expect([...index.splits!]).toEqual([
      ['train', ['images/train/a']],
      ['val', ['images/val/b']],
    ])
    expect(index.entries).toHaveLength(2)
  })

  it('of Roboflow: a list of names, and places that lead out of the folder', async () => {
    const { index, pictures } = await readAll({
      'data.yaml': "train: ../train/images\nval: ../valid/images\nnc: 2\nnames: ['cat', 'dog']\n",
      'train/images/a_jpg.rf.1.jpg': '',
      'train/labels/a_jpg.rf.1.txt': `${line}0 0.1 0.1 0.5 0.1 0.3 0.4\r\n`,
      'valid/images/b.jpg': '',
      'valid/labels/b.txt': line,
    })
    expect([...index.splits!.keys()]).toEqual(['train', 'val'])
    const [box, outline] = pictures.get('train/images/a_jpg.rf.1.jpg')!.objects
    expect(box).toMatchObject({
      className: 'dog',
      box: { x1: 0.375, y1: 0.25, x2: 0.625, y2: 0.75 },
    })
    expect(outline).toMatchObject({ className: 'cat', outline: [0.1, 0.1, 0.5, 0.1, 0.3, 0.4] })
  })

  it('of darknet: pictures beside labels, names in a list, and a list of training pictures elsewhere', async () => {
    const { index } = await readAll({
      'obj.names': 'cat\ndog\n',
      'obj_train_data/a.jpg': '',
      'obj_train_data/a.txt': line,
    })
    expect([index.classes, index.entries.map(({ id }) => id)]).toEqual([
      ['cat', 'dog'],
      ['obj_train_data/a'],
    ])
  })

  it('names a class that the list lacks, and a line of three numbers', async () => {
    const { pictures } = await readAll({
      'classes.txt': 'cat\ndog\n',
      'a.jpg': '',
      'a.txt': `${line}7 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1\n`,
    })
    expect(pictures.get('a.jpg')!.faults.map(({ message }) => message)).toEqual([
      'readLabels: expected a class from 0 to 1, got 7 (a.txt, line 2)',
      'readLabels: expected a class and four numbers, or the corners of an outline, got 1 0.5 0.5 0.1 (a.txt, line 3)',
    ])
  })

  it('refuses a data.yaml whose aliases multiply', async () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b]\nnames: [*c, *c, *c]\n`
    const tree = memoryTree({ 'data.yaml': bomb, 'a.jpg': '', 'a.txt': line })
    await expect(formatOf('yolo').read(tree)).rejects.toMatchObject({ code: 'E_LABELS' })
  })
})

describe('tables', () => {
  it('of TensorFlow: a line per object, a file per split, and a line without a box for nothing', async () => {
    const head = 'filename,width,height,class,xmin,ymin,xmax,ymax'
    const { index, pictures } = await readAll({
      'train_labels.csv': `${head}\r\na.jpg,90,40,"cat, black",1,2,31,22\r\nb.jpg,90,40,,,,,\r\n`,
      'test_labels.csv': `${head}\nc.jpg,90,40,dog,1,2,x,22\n`,
    })
    expect([...index.splits!.keys()].toSorted()).toEqual(['test', 'train'])
    expect(boxes(pictures.get('a.jpg'))).toEqual([['cat, black', 1, 2, 31, 22]])
    expect(pictures.get('b.jpg')!.objects).toEqual([])
    expect(pictures.get('c.jpg')!.faults[0]!.message).toBe(
      'readLabels: expected xmax to be a decimal number, got x (test_labels.csv, line 2)',
    )
  })

  it('of Open Images: codes that a second table names', async () => {
    const { pictures } = await readAll({
      'validation-annotations-bbox.csv':
        'ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\n0001,xclick,/m/01g317,1,0.1,0.5,0.2,0.6,0,0,1,0,0\n',
      'class-descriptions-boxable.csv': '/m/01g317,Person\n',
    })
    expect(boxes(pictures.get('0001'))).toEqual([['Person', 0.1, 0.2, 0.5, 0.6]])
    expect(pictures.get('0001')!.objects[0]!.crowd).toBe(true)
  })
})
