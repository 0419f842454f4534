/** @file The essay as a page: docs/ssd-in-plain-english.md with a style for reading and printing. */
import { marked } from 'marked'
import { PAGE_POLICY } from '../src/node/page/page-policy.ts'

/** Links to other documents lead nowhere beside the page; they are kept as words. */
const withoutDocumentLinks = (text: string) =>
  text.replaceAll(/\[([^\]]+)\]\((?!essay\/)[^)]+\.md\)/g, '$1')

/** The whole page. @param text Markdown */
export function essayPage(text: string): string {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? 'SSD'
  const body = marked
    .parse(withoutDocumentLinks(text), { async: false })
    // Code may be wider than the column; whoever uses a keyboard must be able to scroll it.
    .replaceAll('<pre>', '<pre tabindex="0">')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY.replaceAll('"', '&quot;')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="${ESSAY_STYLE_FILE}">
</head>
<body>
<main>
<p class="way"><a href="./">All of this to touch: the lessons</a></p>
${body}</main>
</body>
</html>
`
}

/** The pictures that it shows, as paths beside it. @param text Markdown */
export function essayPictures(text: string): string[] {
  return [...text.matchAll(/!\[[^\]]*\]\((essay\/[^)]+)\)/g)].map(([, path]) => path!)
}

/** Where its style is, beside it: the page's policy allows none inside. */
export const ESSAY_STYLE_FILE = 'essay/essay.css'

/** The style. */
export const ESSAY_STYLE = `
:root { color-scheme: light dark; --ink: #1c2127; --paper: #fbfaf7; --soft: #565e68; --sunk: #f1efe9; --accent: #1f5fbf }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e7e1; --paper: #14171b; --soft: #a9b0ba; --sunk: #23282f; --accent: #86b4ff } }
body { margin: 0 auto; padding: 1.5rem 1.2rem 4rem; max-width: 40rem; color: var(--ink); background: var(--paper);
  font: 400 1.1rem/1.6 ui-serif, "Iowan Old Style", Palatino, Georgia, serif; overflow-wrap: break-word }
h1, h2 { line-height: 1.2; text-wrap: balance }
h2 { margin-top: 2.4rem }
img { max-width: 100%; border-radius: 6px }
a { color: var(--accent) }
code { font: .86em ui-monospace, Menlo, Consolas, monospace; background: var(--sunk); border-radius: 4px; padding: .1em .3em }
pre { background: var(--sunk); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto }
pre code { padding: 0 }
.way { font-size: .95rem }
@media print { body { max-width: none; font-size: 11pt } .way { display: none } img { max-width: 11cm } h2, img { break-inside: avoid; break-after: avoid } }
`
