import { expect, test } from 'vitest'
import { formatReport, makeReport } from './report.ts'

/** 40 wide and 20 high; moved by 5 its IoU is 35 / 45 = .78. */
const boxAt = (x: number) => ({ x1: x, y1: 0, x2: x + 40, y2: 20 })
const images = [
  {
    groundTruth: [{ box: boxAt(0), classId: 0, difficult: false }],
    detections: [
      { box: boxAt(5), classId: 0, score: 0.9 },
      { box: boxAt(200), classId: 0, score: 0.5 },
    ],
  },
]
const report = makeReport(images, ['red cell', 'owl'])

test('every number has its protocol beside it', () => {
  expect(report.measures).toEqual([
    { name: 'mAP50', protocol: 'VOC every-point AP at IoU .50', value: 1 },
    { name: 'mAP50 11-point', protocol: 'VOC 11-point AP at IoU .50', value: 1 },
    {
      name: 'AP[.50:.95]',
      protocol: 'mean of VOC every-point AP at IoU .50, .55, ... .95',
      value: 0.6, // a hit at .50 to .75, six of ten
    },
  ])
})

test('the report survives JSON', () => {
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

test('the table lines up and shows a class without objects as unknown', () => {
  expect(formatReport(report)).toBe(
    [
      'images 1, objects 1',
      '',
      'mAP50           100.0  VOC every-point AP at IoU .50',
      'mAP50 11-point  100.0  VOC 11-point AP at IoU .50',
      'AP[.50:.95]      60.0  mean of VOC every-point AP at IoU .50, .55, ... .95',
      '',
      'Each class: VOC every-point AP at IoU .50',
      'class        AP  objects  right  wrong  ignored',
      'red cell  100.0        1      1      1        0',
      'owl           -        0      0      0        0',
      '',
    ].join('\n'),
  )
})
