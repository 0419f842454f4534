/** @file What self-contained pages share: nothing is fetched, no script; they can be mailed, and opened years later. */
import { escapeSvg } from './svg-text.ts'

const STYLE = `
:root { color-scheme: light dark; --edge: #8884; --bar: #3b82f6; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 0; } figcaption { font-size: .85rem; opacity: .75; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 1rem; }
.pictures img { width: 100%; border-radius: 6px; display: block; }
.curves { overflow-x: auto; background: #fff; border-radius: 6px; }
.tables { display: flex; flex-wrap: wrap; gap: 2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--edge); text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
td small { opacity: .7; }
td.bar { min-width: 8rem; text-align: left; } td.bar span { display: block; height: .7rem; background: var(--bar); border-radius: 3px; }
.places { display: grid; width: 12rem; aspect-ratio: 1; border: 1px solid var(--edge); }`

/** A whole page. @param body HTML whose texts are escaped */
export function pageHtml(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeSvg(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeSvg(title)}</h1>
${body}
</body>
</html>
`
}

/** A picture inside the page. @param says what it shows, for those who cannot see it */
export function figureHtml(
  { title, jpegBase64 }: { readonly title: string; readonly jpegBase64: string },
  says: string,
): string {
  const name = escapeSvg(title)
  return `<figure><img alt="${escapeSvg(says)} ${name}" src="data:image/jpeg;base64,${jpegBase64}"><figcaption>${name}</figcaption></figure>`
}
