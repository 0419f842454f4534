/** @file What SSDLite's layers share, in its backbone and in its heads. Source: torchvision `ssdlite.py`. */

/** The norms of SSDLite's layers; also of its heads. */
export const SSDLITE_NORM = { epsilon: 0.001, momentum: 0.03 } as const

/** Layers without names of their own: convolution 0, norm 1. */
export const SSDLITE_BLOCK = { norm: SSDLITE_NORM, names: ['0', '1'] } as const
