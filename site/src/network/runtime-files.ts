/** @file ONNX Runtime's two files, served by this page itself. The only ones that are shipped. */
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'

/** Absolute addresses, because ONNX Runtime loads them from a script elsewhere in the folder. */
export const RUNTIME_FILES = {
  mjs: new URL(mjs, import.meta.url).href,
  wasm: new URL(wasm, import.meta.url).href,
}
