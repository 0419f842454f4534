/** @file Small labelled sets that the end-to-end tests make for themselves, in a folder that is removed afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { writeShapes } from '../../src/node/data/write-shapes.ts'
import type { StartRequest } from '../../src/node/run/train.ts'

/** Not square, so that swapped axes show. */
export const SIZE = { width: 96, height: 64 }

/** A folder for one test file; it goes away with it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'singleshot-test-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a devkit-layout set of tiny generated scenes. */
export async function writeSmallSet(folder: string, scenes = 12): Promise<string> {
  await writeShapes(folder, {
    scenes,
    seed: 3,
    format: 'png',
    scene: { size: SIZE, count: [1, 3], crowdedShare: 0, emptyShare: 0.1 },
  })
  return folder
}

/** The quickest training there is. */
export function quickly(data: string, out: string, more: Partial<StartRequest> = {}): StartRequest {
  return {
    data,
    out,
    split: 'trainval',
    epochs: 2,
    threads: 1,
    input: SIZE,
    settings: { batch: 4 },
    ...more,
  }
}

/** The XML of one annotation. @param objects name and xmin, ymin, xmax, ymax */
export function annotationXml(
  filename: string,
  objects: readonly [string, number, number, number, number][],
): string {
  const parts = objects.map(
    ([name, xmin, ymin, xmax, ymax]) =>
      `<object><name>${name}</name><bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`,
  )
  const size = `<size><width>${SIZE.width}</width><height>${SIZE.height}</height><depth>3</depth></size>`
  return `<annotation><filename>${filename}</filename>${size}${parts.join('')}</annotation>`
}

/** Replaces the annotation of the first scene. */
export async function relabel(set: string, id: string, xml: string): Promise<void> {
  await writeFile(join(set, 'Annotations', `${id}.xml`), xml)
}
