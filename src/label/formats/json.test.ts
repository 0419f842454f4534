/** @file What files of COCO and Label Studio are really like: small ones, written by hand after those that other programs leave. */
import { describe, expect, it } from 'vitest'
import { boxes, readAll } from '../../../test/support/read-labels.ts'

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
