'use strict'
/*
 * Turns a cell into scripts that may run again and again in the global scope. No line is added or taken away, and
 * a column moves only where several statements share a line, so errors point to what the user wrote.
 *
 *     const a = 1, b = 2      if(   a = 1, b = 2);      a statement whose value is undefined, as a declaration's is
 *     class A {}              ;if(A=class A {});
 *     import a from 'm'       if({"default":a}=await import('m'));
 *     for (var i = 0; ...)    for (    i = 0; ...)
 *
 * Functions go to a script of their own that runs first, as they are hoisted: in each of the two scripts what
 * belongs to the other is blank.
 */
const { insertion, render, replacement } = require('./edits.cjs')
const imports = require('./imports.cjs')
const names = require('./names.cjs')
const { constantTargets } = require('./scopes.cjs')
const { CONSTANT, IMPORT } = require('./stand-ins.cjs')
const { flatten, isFunction, parse, targetsOf, walk } = require('./syntax.cjs')

/**
 * What to run of a cell: `declarations`, the texts `functions` and `body` (the body has `shift` characters more in
 * its first line), and `isAsync`. Throws SyntaxError where the parser does not understand the cell.
 */
function rewrite(source) {
  const literal = asObjectLiteral(source)
  const text = literal ? literal.text : source
  const tree = literal ? literal.tree : parse(text)
  const cell = {
    text,
    tree,
    edits: [],
    functions: [],
    functionEdits: [],
    loops: new Set(),
    declarations: [],
    isAsync: awaits(text, tree),
  }
  let before = 0
  for (const node of tree.body) {
    statement(cell, node, before)
    before = node.end
  }
  markConstants(cell)
  redirectImports(cell)
  const head = cell.isAsync ? wrap(cell) : ''
  return {
    declarations: cell.declarations,
    functions: cell.functions.length > 0 ? render(text, cell.functionEdits, keptFunctions(cell)) : '',
    body: head + render(text, cell.edits, keptBody(cell)) + (cell.isAsync ? '\n})' : ''),
    shift: head.length + (literal ? 1 : 0),
    isAsync: cell.isAsync,
  }
}

/** `{a: 1}` is an object, as in the REPL. */
function asObjectLiteral(source) {
  if (!/^\s*\{/.test(source) || /;\s*$/.test(source)) return undefined
  const text = `(${source}\n)`
  try {
    return { text, tree: parse(text) }
  } catch (_) {
    return undefined
  }
}

function awaits(text, tree) {
  let found = false
  if (!/\b(?:await|import)\b/.test(text)) return found
  walk(tree, (node) => {
    const isImport = node.type === 'ImportDeclaration' && imports.canImport
    if (isImport || node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await))
      found = true
    return !found && !isFunction(node)
  })
  return found
}

/** `before` is where the statement before it ends. */
function statement(cell, node, before) {
  if (node.type === 'FunctionDeclaration') functionDeclaration(cell, node)
  else if (node.type === 'ClassDeclaration') classDeclaration(cell, node, before)
  else if (node.type === 'ImportDeclaration') importDeclaration(cell, node)
  else if (node.type === 'VariableDeclaration') variables(cell, node, 'if(', ');')
  else if (node.type === 'ExportNamedDeclaration' && node.declaration) {
    cell.edits.push(replacement(node.start, node.declaration.start, ''))
    statement(cell, node.declaration, before)
  } else if (/\bvar\b/.test(cell.text)) walk(node, (inner) => nestedVariables(cell, inner))
}

function functionDeclaration(cell, node) {
  cell.functions.push(node)
  if (names.isLexical(node.id.name)) {
    // An anonymous function gets its name from the variable.
    const start = cell.text.slice(node.start, node.id.start).replace(/\s$/, '')
    const head = replacement(node.start, node.id.end, `${node.id.name}=${start}`)
    cell.functionEdits.push(head, insertion(node.end, ';'))
  }
  declare(cell, node, 'function', [node.id.name])
}

function classDeclaration(cell, node, before) {
  declare(cell, node, 'class', [node.id.name])
  cell.edits.push(insertion(before, `;if(${node.id.name}=`), insertion(node.end, ');'))
}

function importDeclaration(cell, node) {
  const found = node.specifiers.map((specifier) => specifier.local.name)
  declare(cell, node, 'import', found)
  const expression = imports.importExpression(cell.text, node)
  cell.edits.push(replacement(node.start, node.end, `if(${expression});`))
}

function variables(cell, node, open, close) {
  // The engine says what it thinks of `using` in a script.
  if (/using/.test(node.kind)) return
  for (const { id, init } of node.declarations) {
    const found = targetsOf(id).map((target) => target.name)
    declare(cell, node, node.kind, found, !init)
  }
  const end = cell.text[node.end - 1] === ';' ? node.end - 1 : node.end
  const keyword = node.start + node.kind.length
  const room = /[ \t]/.test(cell.text[keyword]) ? keyword + 1 : keyword
  cell.edits.push(replacement(node.start, room, open), replacement(end, node.end, close))
}

/** `var` in blocks and loops is a variable of the cell, too. */
function nestedVariables(cell, node) {
  if (node.type === 'VariableDeclaration' && node.kind === 'var' && !cell.loops.has(node))
    // In braces, or an `else` that follows would be its own.
    variables(cell, node, '{if(', ');}')
  const head =
    node.type === 'ForStatement' ? node.init : /^For(In|Of)/.test(node.type) ? node.left : undefined
  if (head && head.type === 'VariableDeclaration') {
    cell.loops.add(head)
    if (head.kind === 'var') loopVariables(cell, head)
  }
  return !isFunction(node)
}

function loopVariables(cell, head) {
  const found = flatten(head.declarations.map((one) => targetsOf(one.id)))
  declare(
    cell,
    head,
    'var',
    found.map((target) => target.name)
  )
  cell.edits.push(replacement(head.start, head.start + 'var'.length, ''))
}

function declare(cell, node, kind, found, isEmpty) {
  const comment = commentBefore(cell.text, node.start)
  for (const name of found) cell.declarations.push({ name, kind, comment, isEmpty: Boolean(isEmpty) })
}

function commentBefore(text, end) {
  let at = end
  while (at > 0 && /\s/.test(text[at - 1])) at--
  return text.slice(at - 2, at) === '*/' ? text.slice(text.lastIndexOf('/*', at - 2), at) : ''
}

function markConstants(cell) {
  const latest = new Map(cell.declarations.map(({ name, kind }) => [name, kind]))
  const isConstant = (name) => (latest.has(name) ? latest.get(name) === 'const' : names.isConstant(name))
  for (const { node, isShorthand } of constantTargets(cell.tree, isConstant)) {
    anywhere(cell, replacement(node.start, node.end, isShorthand ? `${node.name}:${CONSTANT}` : CONSTANT))
  }
}

function redirectImports(cell) {
  if (!imports.canImport || !/\bimport\b/.test(cell.text)) return
  walk(cell.tree, ({ type, start }) => {
    if (type === 'ImportExpression') anywhere(cell, replacement(start, start + 'import'.length, IMPORT))
  })
}

/** An edit that may be in a function or outside. */
function anywhere(cell, edit) {
  cell.edits.push(edit)
  cell.functionEdits.push(edit)
}

/** What stands before the body of an async function; its value is that of a last expression. */
function wrap(cell) {
  const statements = cell.tree.body.filter((node) => !/^Empty|^FunctionD/.test(node.type))
  const last = statements[statements.length - 1]
  if (!last || last.type !== 'ExpressionStatement' || last.directive) return '(async()=>{'
  const index = cell.tree.body.indexOf(last)
  const end = cell.text[last.end - 1] === ';' ? last.end - 1 : last.end
  cell.edits.push(insertion(end, ')}'))
  if (index === 0) return '(async()=>{return{value:('
  cell.edits.push(insertion(cell.tree.body[index - 1].end, ';return{value:('))
  return '(async()=>{'
}

function keptFunctions(cell) {
  const directives = cell.tree.body.filter((node) => node.directive)
  return directives.concat(cell.functions)
}

/** All that is between the functions. A function leaves a semicolon: what follows is no call of what precedes. */
function keptBody(cell) {
  let start = 0
  const kept = []
  for (const node of cell.functions) {
    kept.push({ start, end: node.start })
    start = node.end
  }
  return kept.concat([{ start, end: cell.text.length }])
}

/** Whether a cell's last statement is a call, such as `main()`. */
function endsWithCall(source) {
  try {
    const { body } = parse(source)
    const last = body[body.length - 1]
    if (last.type !== 'ExpressionStatement') return false
    const { expression } = last
    return (
      (expression.type === 'ChainExpression' ? expression.expression : expression).type === 'CallExpression'
    )
  } catch (_) {
    return false
  }
}

module.exports = { endsWithCall, rewrite }
