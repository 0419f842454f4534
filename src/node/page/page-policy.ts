/**
 * @file What the explorer's page may do (Content Security Policy, level 3): run its own scripts and WebAssembly, and
 * reach nothing beyond its own address. The page carries it, for any file server; our server sends it too.
 */

const RULES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  // The engine compiles WebAssembly.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  // Pictures that somebody opens or draws, and those that a figure shows.
  'img-src': "'self' blob: data:",
  'style-src': "'self'",
  // Figures are placed and coloured by numbers; no style can run a script.
  'style-src-attr': "'unsafe-inline'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** The policy that the page itself carries. */
export const PAGE_POLICY = Object.entries(RULES)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ')

/** The policy as a header: only there can a page forbid that others frame it. */
export const PAGE_POLICY_HEADER = `${PAGE_POLICY}; frame-ancestors 'none'`
