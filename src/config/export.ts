/** @file The files that a model can be exported as. */

/** ONNX, which any ONNX Runtime runs, and safetensors, a state dict for PyTorch. */
export const EXPORT_FORMATS = ['onnx', 'safetensors'] as const

/** What to export a model as. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
