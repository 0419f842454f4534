/** @file Which types an entry point takes or gives without exporting them, told by the compiler's own view of the source. */
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './tree.ts'

/** A type that someone who uses an entry point cannot name. */
export interface Unnamed {
  readonly name: string
  /** The source file that declares it. */
  readonly path: string
  /** What is exported and mentions it. */
  readonly by: string
}

/** The types that the exports of an entry point mention and that it does not export. @param entry e.g. `src/core.ts` */
export function unnamedTypes(program: ts.Program, entry: string): Unnamed[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(join(ROOT, entry))!
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source)!)
    .map((symbol) => resolved(checker, symbol))
  const known = new Set(exported)
  const found = new Map<ts.Symbol, Unnamed>()
  for (const symbol of exported)
    for (const declaration of (symbol.declarations ?? []).filter(isOurs))
      eachMention(declaration, (mention) => {
        const type = resolved(checker, checker.getSymbolAtLocation(mention)!)
        const place = type.declarations?.[0]
        if (place === undefined || !isOurs(place) || known.has(type)) return
        if (type.flags & ts.SymbolFlags.TypeParameter) return
        const path = place.getSourceFile().fileName.slice(ROOT.length)
        found.set(type, { name: type.name, path, by: symbol.name })
      })
  return [...found.values()]
}

/** The source as the compiler sees it, from these files on. */
export function programOf(entries: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT)
  return ts.createProgram(
    entries.map((entry) => join(ROOT, entry)),
    options,
  )
}

const isOurs = (node: ts.Node) => node.getSourceFile().fileName.startsWith(join(ROOT, 'src'))

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

/** Types by name in what a declaration shows: no bodies, no first values, no private members. */
function eachMention(node: ts.Node, see: (name: ts.Node) => void): void {
  if (ts.isBlock(node) || isPrivate(node)) return
  if (ts.isTypeReferenceNode(node)) see(node.typeName)
  if (ts.isExpressionWithTypeArguments(node)) see(node.expression)
  const hasValue =
    ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isPropertyDeclaration(node)
  if (!hasValue) ts.forEachChild(node, (child) => eachMention(child, see))
  else if (node.type !== undefined) eachMention(node.type, see)
}

const isPrivate = (node: ts.Node) =>
  ts.isClassElement(node) && node.name !== undefined && ts.isPrivateIdentifier(node.name)
