/** @file One frame of the learner's camera. The camera is switched off again at once. */
import type { Image } from 'singleshot/core'
import { PageError } from '../shell/problem.ts'
import { pixelsOf } from './decode.ts'

/** Cameras are dark for their first moments. */
const WARM_UP_MILLISECONDS = 600

/** Asks for the camera, takes one frame, switches it off. @throws PageError that says what to do */
export async function takeFrame(): Promise<Image> {
  // Browsers give cameras only to pages of this machine or behind https.
  if (navigator.mediaDevices === undefined)
    throw new PageError(
      'This page may not use a camera.',
      'Open it through https or from this computer (127.0.0.1), or choose a photo instead.',
    )
  const stream = await navigator.mediaDevices
    .getUserMedia({ video: true })
    .catch((error: Error) => {
      throw new PageError(
        error.name === 'NotAllowedError' ? 'The camera was not allowed.' : 'No camera was found.',
        'Allow the camera in the browser’s address bar, or choose a photo instead.',
      )
    })
  try {
    const video = document.createElement('video')
    video.muted = true
    video.playsInline = true
    video.srcObject = stream
    await video.play()
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MILLISECONDS))
    return pixelsOf(video, video.videoWidth, video.videoHeight)
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
