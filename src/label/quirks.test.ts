/** @file What each format's files are really like: small ones, written by hand after those that other programs leave. */
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../test/support/memory-tree.ts'
import { formatOf, recogniseFormats } from './formats.ts'
import type { LabelledPicture } from './labels.ts'

/** All pictures of a tree by what they are called, read as what it is recognised as. */
async function readAll(files: Record<string, string>) {
  const tree = memoryTree(files)
  const [found, ...others] = await recogniseFormats(tree)
  expect(others).toEqual([])
  const index = await found!.format.read(tree)
  const read = await Promise.all(index.entries.map(({ load }) => load()))
  const pictures = new Map<string, LabelledPicture>(read.map((one) => [one.picture, one]))
  return { format: found!.format.name, index, pictures }
}

const boxes = (picture: LabelledPicture | undefined) =>
  picture!.objects.map(({ className, box }) => [className, box.x1, box.y1, box.x2, box.y2])

describe('COCO JSON', () => {
  it('may have sparse ids, numbers here and texts there, and images of which nothing is said', async () => {
    const { index, pictures } = await readAll({
      'instances_train2017.json': JSON.stringify({
        images: [
          { id: 900, file_name: 'a.jpg', width: 90, height: 40 },
          { id: '17', file_name: 'sub\\b.jpg' },
        ],
        annotations: [
          { id: 1, image_id: '900', category_id: '18', bbox: ['1', 2, 30, 20] },
          { id: 2, image_id: 17, category_id: 3, bbox: [5, 6, -3, -4], iscrowd: 1 },
          { id: 3, image_id: 55, category_id: 3, bbox: [0, 0, 1, 1] },
        ],
        categories: [
          { id: 18, name: 'dog' },
          { id: 3, name: 'cat' },
        ],
      }),
    })
    expect(index.classes).toEqual(['cat', 'dog'])
    expect([...index.splits!.keys()]).toEqual(['train2017'])
    expect(index.notes).toEqual(['instances_train2017.json: 1 annotations belong to no image'])
    expect(boxes(pictures.get('a.jpg'))).toEqual([['dog', 1, 2, 31, 22]])
    const b = pictures.get('sub/b.jpg')!
    expect([boxes(b), b.objects[0]!.crowd, b.size]).toEqual([
      [['cat', 2, 2, 5, 6]],
      true,
      undefined,
    ])
  })

  it('may have outlines or masks alone: the box is what lies around them', async () => {
    const { pictures } = await readAll({
      'a.json': JSON.stringify({
        images: [{ id: 1, file_name: 'a.jpg', width: 6, height: 4 }],
        annotations: [
          { image_id: 1, category_id: 1, segmentation: [[1, 1, 5, 1, 3, 3]] },
          // Columns 1 and 2, rows 1 to 2 and 1 to 3 of 4: runs of nothing and of something in turn.
          { image_id: 1, category_id: 1, segmentation: { size: [4, 6], counts: [5, 2, 2, 3, 12] } },
          // The same, compressed as pycocotools does it (rle.test.ts).
          { image_id: 1, category_id: 1, segmentation: { size: [4, 6], counts: '5221:' } },
        ],
        categories: [{ id: 1, name: 'leaf', supercategory: 'plant' }],
      }),
    })
    const [outline, runs, compressed] = boxes(pictures.get('a.jpg'))
    expect(outline).toEqual(['leaf', 1, 1, 5, 3])
    expect(runs).toEqual(['leaf', 1, 1, 3, 4])
    expect(compressed).toEqual(runs)
  })

  it('names what is wrong: a category that is not listed, a box of three numbers', async () => {
    const { pictures } = await readAll({
      'a.json': JSON.stringify({
        images: [{ id: 1, file_name: 'a.jpg' }],
        annotations: [
          { image_id: 1, category_id: 7, bbox: [1, 2, 3, 4] },
          { image_id: 1, category_id: 1, bbox: [1, 2, 3] },
          { image_id: 1, category_id: 1, bbox: [1, 2, null, 4] },
        ],
        categories: [{ id: 1, name: 'leaf', supercategory: 'plant' }],
      }),
    })
    expect(pictures.get('a.jpg')!.faults.map(({ message }) => message)).toEqual([
      'readLabels: expected a category that is listed, got 7 (a.json, a.jpg, object 1)',
      'readLabels: expected a bbox of four numbers, or an outline, got [1, 2, 3] (a.json, a.jpg, object 2)',
      'readLabels: expected each side of bbox to be a decimal number, got null (a.json, a.jpg, object 3)',
    ])
  })
})

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

describe('Label Studio', () => {
  const shape = (value: object) => ({
    type: 'rectanglelabels',
    original_width: 200,
    original_height: 100,
    value,
  })

  it('counts in percent, turns about the upper left corner, and may draw backwards', async () => {
    const { pictures } = await readAll({
      'export.json': JSON.stringify([
        {
          data: { image: '/data/local-files/?d=cats%2Fa%20b.jpg' },
          annotations: [
            { was_cancelled: true, result: [] },
            {
              result: [
                shape({
                  x: 10,
                  y: 20,
                  width: 50,
                  height: 40,
                  rotation: 0,
                  rectanglelabels: ['cat'],
                }),
                shape({
                  x: 60,
                  y: 60,
                  width: -50,
                  height: -40,
                  rotation: 0,
                  rectanglelabels: ['cat'],
                }),
                shape({
                  x: 50,
                  y: 20,
                  width: 10,
                  height: 40,
                  rotation: 90,
                  rectanglelabels: ['cat'],
                }),
              ],
            },
          ],
        },
      ]),
    })
    const found = boxes(pictures.get('cats/a b.jpg'))
    const inPixels = found.map(([, x1, y1, x2, y2]) =>
      [Number(x1) * 200, Number(y1) * 100, Number(x2) * 200, Number(y2) * 100].map(Math.round),
    )
    // 20 x 40 pixels at (100, 20), turned a quarter clockwise: 40 wide to the left, 20 high.
    expect(inPixels).toEqual([
      [20, 20, 120, 60],
      [20, 20, 120, 60],
      [60, 20, 100, 40],
    ])
  })

  it('in its short form has the shapes beside the picture', async () => {
    const { pictures } = await readAll({
      'min.json': JSON.stringify([
        {
          image: 'http://localhost:8080/data/upload/1/1a2b3c4d-a.jpg',
          id: 1,
          label: [
            {
              x: 0,
              y: 0,
              width: 50,
              height: 50,
              rectanglelabels: ['dog'],
              original_width: 80,
              original_height: 40,
            },
          ],
          annotator: 1,
          annotation_id: 1,
        },
      ]),
    })
    expect(boxes(pictures.get('1/1a2b3c4d-a.jpg'))).toEqual([['dog', 0, 0, 0.5, 0.5]])
  })
})

describe('CVAT', () => {
  it('has boxes, some turned, outlines, and shapes without an area, which are named', async () => {
    const { index, pictures } = await readAll({
      'annotations.xml': `<?xml version="1.0"?><annotations><meta><task><labels><label><name>caf&#233;</name></label></labels></task></meta>
        <image id="0" name="a/b.jpg" subset="Train" width="90" height="40">
          <box label="caf&#233;" xtl="1.5" ytl="2" xbr="31.5" ybr="22"><attribute name="age">old</attribute></box>
          <box label="caf&#233;" xtl="40" ytl="15" xbr="60" ybr="25" rotation="90"></box>
          <polygon label="caf&#233;" points="1,1;5,1;3,9"/>
          <points label="caf&#233;" points="1,1"/>
        </image><image id="1" name="empty.jpg" width="90" height="40"/></annotations>`,
    })
    expect(index.classes).toEqual(['café'])
    expect([...index.splits!]).toEqual([['train', ['a/b']]])
    const picture = pictures.get('a/b.jpg')!
    expect(picture.objects[0]!.attributes).toEqual({ age: 'old' })
    const [, turned, outline] = boxes(picture)
    expect(turned!.slice(1).map((side) => Math.round(Number(side)))).toEqual([45, 10, 55, 30])
    expect(outline).toEqual(['café', 1, 1, 5, 9])
    expect(picture.faults[0]!.message).toContain('expected a shape with an area, got a <points>')
    expect(pictures.get('empty.jpg')!.objects).toEqual([])
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

describe('the others', () => {
  it('VIA: the class in whatever attribute it stands, ticked or written', async () => {
    const region = (attributes: object, shape: object) => ({
      shape_attributes: shape,
      region_attributes: attributes,
    })
    const { pictures } = await readAll({
      'via_project.json': JSON.stringify({
        _via_settings: {},
        _via_img_metadata: {
          'a.jpg123': {
            filename: 'a.jpg',
            size: 123,
            regions: [
              region({ animal: 'cat' }, { name: 'rect', x: 1, y: 2, width: 30, height: 20 }),
              region({ animal: { dog: true } }, { name: 'circle', cx: 20, cy: 20, r: 5 }),
              region({ animal: 'cat' }, { name: 'point', cx: 20, cy: 20 }),
            ],
          },
        },
      }),
    })
    const picture = pictures.get('a.jpg')!
    expect(boxes(picture)).toEqual([
      ['cat', 1, 2, 31, 22],
      ['dog', 15, 15, 25, 25],
    ])
    expect(picture.faults).toHaveLength(1)
  })

  it('LabelMe: rectangles from any corner, circles, and the name inside against that of the file', async () => {
    const { pictures } = await readAll({
      'x/a.json': JSON.stringify({
        shapes: [
          {
            label: 'cat',
            shape_type: 'rectangle',
            points: [
              [31, 22],
              [1, 2],
            ],
          },
          {
            label: 'ball',
            shape_type: 'circle',
            points: [
              [20, 20],
              [23, 24],
            ],
          },
          {
            label: 'line',
            shape_type: 'line',
            points: [
              [1, 1],
              [9, 9],
            ],
          },
        ],
        imagePath: '..\\pictures\\a.jpg',
        imageHeight: 40,
        imageWidth: 90,
      }),
    })
    const picture = pictures.get('pictures/a.jpg')!
    expect(boxes(picture)).toEqual([
      ['cat', 1, 2, 31, 22],
      ['ball', 15, 15, 25, 25],
    ])
    expect(picture.faults[0]!.message).toContain('got line')
  })

  it('KITTI: a region that nobody labelled is no object', async () => {
    const numbers = '0.00 0 -1.57 1.5 2 31.5 22 1.4 1.6 3.9 -1 1 20 -1.6'
    const { pictures } = await readAll({
      'image_2/000001.png': '',
      'label_2/000001.txt': `Car ${numbers}\nDontCare -1 -1 -10 50 5 60 9 -1 -1 -1 -1000 -1000 -1000 -10\n`,
    })
    expect(boxes(pictures.get('000001.png'))).toEqual([['Car', 1.5, 2, 31.5, 22]])
  })

  it('FiftyOne: detections of whatever field, splits as tags', async () => {
    const { index, pictures } = await readAll({
      'samples.json': JSON.stringify({
        samples: [
          {
            filepath: 'data/a.jpg',
            tags: ['validation'],
            boxes: {
              _cls: 'Detections',
              detections: [{ label: 'cat', bounding_box: [0.1, 0.2, 0.3, 0.4] }],
            },
          },
        ],
      }),
    })
    expect([...index.splits!.keys()]).toEqual(['val'])
    expect(
      boxes(pictures.get('data/a.jpg'))[0]!.map((side) =>
        typeof side === 'number' ? Number(side.toFixed(6)) : side,
      ),
    ).toEqual(['cat', 0.1, 0.2, 0.4, 0.6])
  })
})
