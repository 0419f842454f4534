/** @file The check of the manifest, apart, so that the page is drawn before it is loaded. */
export { readPageManifest } from 'singleshot/core'
