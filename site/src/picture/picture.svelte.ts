/** @file The current picture, which all lessons share: its pixels, what is known to be in it, where it comes from. */
import {
  type Box,
  generateScene,
  type Image,
  LESSON_SCENES,
  type PageManifest,
  SHAPE_CLASSES,
} from 'singleshot/core'
import { data, dataAddress } from '../manifest/data.svelte.ts'
import { PageError } from '../shell/problem.ts'
import { route } from '../state/route.svelte.ts'
import { decodeFile } from './decode.ts'
import { FIRST_SCENE, formatSource, type PictureSource, parseSource } from './source.ts'
import { takeFrame } from './webcam.ts'

/** Names the generated scenes of the page. */
const SCENE_SEED = 1

/** An object that is known to be in a picture. */
export interface PictureObject {
  /** Corners in pixels of the picture. */
  readonly box: Box
  /** 0-based position in the picture's class list. */
  readonly classId: number
  /** Trained on, but counted neither way when judging. */
  readonly difficult: boolean
}

type LabelledPicture = PageManifest['pictures'][number]

/** A picture with what is known of it. */
export interface Picture {
  readonly image: Image
  /** Empty for a photo of the learner's own. */
  readonly objects: readonly PictureObject[]
  /** The names of the class ids. */
  readonly classes: readonly string[]
  readonly source: PictureSource
  /** For people: "Scene 7", "me.jpg". */
  readonly label: string
}

class CurrentPicture {
  /** Always there: a generated scene until another picture has been read. */
  current = $state.raw<Picture>(sceneOf(FIRST_SCENE))
  /** A picture is being read. */
  busy = $state(false)
  /** What was wrong with the last picture that was asked for; the former one is kept. */
  problem = $state.raw<unknown>(null)
  #asked = 0

  constructor() {
    this.followAddress()
    void this.#showFirstOfData()
  }

  /** Whoever put pictures beside the page wants to see those, unless the address says otherwise. */
  async #showFirstOfData(): Promise<void> {
    const { pictures } = await data.ready
    const untouched = this.#asked === 0 && !route.query.has('picture')
    if (untouched && pictures.length > 0) await this.show({ kind: 'data', index: 0 })
  }

  /** Shows the picture that the address names, unless it is shown already. */
  followAddress(): void {
    const source = parseSource(route.query.get('picture'))
    const shown = formatSource(this.current.source)
    if (shown !== formatSource(source) && (shown !== null || route.query.has('picture')))
      void this.show(source)
  }

  /** Shows a picture of the page. */
  async show(source: PictureSource): Promise<void> {
    if (source.kind === 'scene') await this.#change(() => sceneOf(source.index))
    if (source.kind === 'data') await this.#change(() => dataPicture(source.index))
  }

  /** Shows a file of the learner's; it never leaves the page. */
  async showFile(file: File): Promise<void> {
    await this.#change(async () =>
      ownPicture(await decodeFile(file, file.name), { kind: 'photo', name: file.name }, file.name),
    )
  }

  /** Shows one frame of the camera. */
  async showWebcam(): Promise<void> {
    await this.#change(async () => ownPicture(await takeFrame(), { kind: 'webcam' }, 'Camera'))
  }

  async #change(read: () => Picture | Promise<Picture>): Promise<void> {
    const asked = ++this.#asked
    this.busy = true
    try {
      const picture = await read()
      if (asked !== this.#asked) return // Another one was asked for meanwhile.
      this.current = picture
      this.problem = null
      const { source } = picture
      const first = source.kind === 'scene' && source.index === FIRST_SCENE
      const unnamed = first && data.manifest.pictures.length === 0
      route.set({ picture: unnamed ? null : formatSource(source) })
    } catch (error) {
      if (asked === this.#asked) this.problem = error
    } finally {
      if (asked === this.#asked) this.busy = false
    }
  }
}

function sceneOf(index: number): Picture {
  const { image, objects } = generateScene(SCENE_SEED, index, LESSON_SCENES)
  return {
    image,
    objects: objects.map(({ box, classId, difficult }) => ({ box, classId, difficult })),
    classes: SHAPE_CLASSES,
    source: { kind: 'scene', index },
    label: `Scene ${index}`,
  }
}

async function dataPicture(index: number): Promise<Picture> {
  const { pictures } = await data.ready
  const found = pictures[index]
  if (found === undefined)
    throw new PageError(
      `There is no picture ${index + 1} beside this page; there are ${pictures.length}.`,
      'Choose another picture.',
    )
  const response = await fetch(dataAddress(found.file)).catch(() => null)
  if (response === null || !response.ok)
    throw new PageError(
      `${found.file} cannot be read.`,
      'Choose another picture, or reload the page.',
    )
  const image = await decodeFile(await response.blob(), found.file)
  return {
    ...labelled(found, pictures),
    image,
    source: { kind: 'data', index },
    label: found.file.replace(/^.*\//, ''),
  }
}

/** The objects of a picture, with ids in the list of all names, sorted as the library sorts them. */
function labelled({ objects }: LabelledPicture, pictures: readonly LabelledPicture[]) {
  const names = pictures.flatMap((picture) => picture.objects.map(({ className }) => className))
  const classes = [...new Set(names)].toSorted()
  return {
    classes,
    objects: objects.map(({ className, difficult, box: [x1, y1, x2, y2] }) => {
      return { box: { x1, y1, x2, y2 }, classId: classes.indexOf(className), difficult }
    }),
  }
}

function ownPicture(image: Image, source: PictureSource, label: string): Picture {
  return { image, objects: [], classes: SHAPE_CLASSES, source, label }
}

/** The current picture. */
export const picture = new CurrentPicture()
