/** @file What `singleshot explain` does: the page is written, or served until Ctrl-C. */

import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import { serveExplorer, writeExplorer } from '../node/page/explain.ts'
import type { ExplainOptions } from '../node/page/explain-files.ts'
import type { Invocation } from './command.ts'
import type { ExplainCommandOptions } from './explain-options.ts'
import type { Values } from './option.ts'
import { say, writeJsonLine, writeRow } from './terminal.ts'

/** The essay, beside the page. */
const ESSAY_FILE = 'essay.html'

/** Serves or writes the explorer. Ctrl-C is how serving ends, so it ends well: exit code 0. */
export async function explainDetector({
  options,
  signal,
}: Invocation<ExplainCommandOptions>): Promise<number> {
  const request = requestOf(options)
  const json = options.json
  if (options.out !== undefined) {
    const folder = options.out
    const files = await writeExplorer(request, folder)
    if (json) writeJsonLine({ folder, files })
    else
      say(
        `${countOf(files, 'file')} in ${folder}. Serve them with any file server, for example: python3 -m http.server --directory ${folder}`,
      )
    return EXIT.ok
  }
  const server = await serveExplorer(request, options.port)
  const address = `${server.address}${options.essay ? ESSAY_FILE : ''}`
  if (json) writeJsonLine({ address })
  else writeRow(address)
  say('Open this address in a browser of this machine. Ctrl-C ends it.')
  await aborted(signal)
  await server.close()
  return EXIT.ok
}

function requestOf({ model, data, format, split }: Values<ExplainCommandOptions>): ExplainOptions {
  return {
    ...(model !== undefined && { model: model }),
    ...(data !== undefined && { data: data }),
    ...(format !== undefined && { format }),
    ...(split !== undefined && { split: split }),
    onMessage: say,
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
