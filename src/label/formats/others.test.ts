/** @file What files of CVAT, VIA, LabelMe, KITTI and FiftyOne are really like: small ones, written by hand after those that other programs leave. */
import { describe, expect, it } from 'vitest'
import { boxes, readAll } from '../../../test/support/read-labels.ts'

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
