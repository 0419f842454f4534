import { expect, it } from 'vitest'
import { loadSharp } from './sharp.ts'

/** What sharp says where its binary for the platform is not installed. */
const ADVICE = `Could not load the "sharp" module using the linux-x64 runtime
Possible solutions:
- Ensure optional dependencies can be installed:
    npm install --include=optional sharp
- Add platform-specific dependencies:
    npm install --os=linux --cpu=x64 sharp
`

function failing(message: string) {
  return () => {
    throw new Error(message)
  }
}

it("where sharp's binary is missing, the error passes on sharp's own advice", () => {
  expect(() => loadSharp(failing(ADVICE))).toThrow(
    expect.objectContaining({
      code: 'E_ENGINE',
      message:
        'readImage: expected sharp, which decodes pictures, to load, got Could not load the "sharp" module using the linux-x64 runtime',
      remedy:
        'Ensure optional dependencies can be installed: npm install --include=optional sharp; Add platform-specific dependencies: npm install --os=linux --cpu=x64 sharp',
    }),
  )
})

it('where sharp gives no advice, the remedy is to install it', () => {
  expect(() => loadSharp(failing("Cannot find module 'sharp'"))).toThrow(
    expect.objectContaining({ remedy: 'Install it again: npm install sharp.' }),
  )
})
