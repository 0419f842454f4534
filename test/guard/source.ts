/**
 * @file Questions about TypeScript and JavaScript text, answered from its syntax tree: comments and strings
 * cannot fool them as they would fool a search for words.
 */
import ts from 'typescript'

/** One import, re-export or lazy import. */
export interface Import {
  /** The module as written. */
  readonly module: string
  /** Counted from 1. */
  readonly line: number
  /** Erased when the code runs. `import { type A }` is not: it still loads the module. */
  readonly typeOnly: boolean
}

/** Names that only some platforms have. `performance` and `AbortSignal` are everywhere and so not among them. */
const PLATFORM_NAMES = new Set(
  [
    'process Buffer require module exports __dirname __filename global NodeJS setImmediate',
    'window document navigator location localStorage sessionStorage self globalThis alert',
    'HTMLElement HTMLCanvasElement OffscreenCanvas ImageData ImageBitmap createImageBitmap',
    'requestAnimationFrame XMLHttpRequest WebSocket Worker fetch Deno Bun',
    'setTimeout setInterval clearTimeout clearInterval console',
  ].flatMap((names) => names.split(' ')),
)

/** Every module that a file imports, also lazily and for types. */
export function importsIn(text: string): Import[] {
  const file = parse(text)
  const found: Import[] = []
  const add = (node: ts.Node, module: ts.Node | undefined, typeOnly: boolean) => {
    if (module !== undefined && ts.isStringLiteralLike(module))
      found.push({ module: module.text, line: lineOf(file, node), typeOnly })
  }
  visit(file, (node) => {
    if (ts.isImportDeclaration(node))
      add(
        node,
        node.moduleSpecifier,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      )
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, true)
    else if (ts.isCallExpression(node) && isLoader(node.expression))
      add(node, node.arguments[0], false)
  })
  return found
}

/** Exports without a doc comment of their own directly before them, as `name (line 3)`. */
export function undocumentedIn(text: string): string[] {
  const file = parse(text)
  return file.statements
    .filter((node) => isExported(node) && !isDocumented(file, node))
    .map((node) => `${nameOf(node)} (line ${lineOf(file, node)})`)
}

/** Names of a platform that a file uses without having declared them itself, as `process (line 3)`. */
export function platformNamesIn(text: string): string[] {
  const file = parse(text)
  const declared = new Set<string>()
  const used: ts.Identifier[] = []
  visit(file, (node) => {
    if (!ts.isIdentifier(node) || !PLATFORM_NAMES.has(node.text)) return
    const { parent } = node
    if (isDeclarationName(parent, node)) declared.add(node.text)
    else if (!isMemberName(parent, node)) used.push(node)
  })
  return used
    .filter((node) => !declared.has(node.text))
    .map((node) => `${node.text} (line ${lineOf(file, node)})`)
}

/** What writes or replaces a file: functions of Node, of sharp, and this project's own that replaces. */
const WRITERS =
  /^((write|append|copy)File|rename|cp|link|symlink|f?truncate)(Sync)?$|^(createWriteStream|writeFileAtomic)$/

/** Names of {@link WRITERS} that a file imports, files opened for writing, calls of sharp's `toFile`, as `open (line 3)`. */
export function writersIn(text: string): string[] {
  const file = parse(text)
  const found: string[] = []
  visit(file, (node) => {
    const imported = ts.isImportSpecifier(node) && !node.parent.parent.isTypeOnly
    const name = imported ? (node.propertyName ?? node.name).text : undefined
    if (name !== undefined && WRITERS.test(name)) found.push(`${name} (line ${lineOf(file, node)})`)
    // All of a module could hide any of them.
    if (ts.isNamespaceImport(node) && /^node:fs/.test(moduleOf(node)))
      found.push(`${moduleOf(node)} (line ${lineOf(file, node)})`)
    if (ts.isCallExpression(node) && opensForWriting(node))
      found.push(`open (line ${lineOf(file, node)})`)
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'toFile')
      found.push(`toFile (line ${lineOf(file, node)})`)
  })
  return found
}

/** `open(path, flags)` with anything but `'r'`; without flags a file is only read. */
const opensForWriting = ({ expression, arguments: [, flags] }: ts.CallExpression) =>
  ts.isIdentifier(expression) &&
  /^open(Sync)?$/.test(expression.text) &&
  flags !== undefined &&
  !(ts.isStringLiteral(flags) && flags.text === 'r')

const moduleOf = (node: ts.NamespaceImport) =>
  (node.parent.parent.moduleSpecifier as ts.StringLiteral).text

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}

const lineOf = (file: ts.SourceFile, node: ts.Node) =>
  file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1

/** `import(...)` or `require(...)`. */
const isLoader = (called: ts.Expression) =>
  called.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(called) && called.text === 'require')

const isExported = (node: ts.Statement) =>
  ts.isExportAssignment(node) ||
  (ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))

/** The last comment before it is a doc comment, about it rather than about the file, and touches it. */
function isDocumented(file: ts.SourceFile, node: ts.Statement): boolean {
  // A note to the linter may stand between the two.
  const comments = (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []).filter(
    ({ pos, end }) => !file.text.slice(pos, end).startsWith('// biome-ignore'),
  )
  const last = comments.at(-1)
  if (last === undefined) return isOverload(file, node)
  const comment = file.text.slice(last.pos, last.end)
  const gap = file.text.slice(last.end, node.getStart(file))
  return comment.startsWith('/**') && !comment.includes('@file') && !/\n\s*\n/.test(gap)
}

/** A further signature of a function that was documented at its first one. */
function isOverload(file: ts.SourceFile, node: ts.Statement): boolean {
  const before = file.statements[file.statements.indexOf(node) - 1]
  return (
    before !== undefined &&
    ts.isFunctionDeclaration(node) &&
    ts.isFunctionDeclaration(before) &&
    before.name?.text === node.name?.text
  )
}

function nameOf(node: ts.Statement): string {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.map(({ name }) => name.getText()).join(', ')
  const { name } = node as ts.Statement & { readonly name?: ts.Node }
  return name?.getText() ?? 'default'
}

/** `document` in `const document`, `(document) =>`, `import { document }`, `interface document`, `{ a: document } = `. */
function isDeclarationName(parent: ts.Node, node: ts.Identifier): boolean {
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent)
  return declares && parent.name === node
}

/** `document` in `a.document`, `{ document: 1 }`, `interface A { document: B }`, `{ document: renamed } = `. */
function isMemberName(parent: ts.Node, node: ts.Identifier): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isQualifiedName(parent)) return parent.right === node
  if (ts.isBindingElement(parent)) return parent.propertyName === node
  const names =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isNamedTupleMember(parent)
  return names && parent.name === node
}
