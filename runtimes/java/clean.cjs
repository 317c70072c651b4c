'use strict'
/*
 * Removes the classes that were compiled from the sources in this folder, and no others: a class file names its source.
 * Run by our own Node.
 */
const { readdirSync, readFileSync, unlinkSync } = require('node:fs')
const { basename, join } = require('node:path')

const OTHERS = /^(\..*|node_modules)$/

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return OTHERS.test(entry.name) ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/** As it stands in a class file: two bytes of length, then the text. */
function constant(text) {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

const files = filesBelow('.')
const sources = files.filter((path) => path.endsWith('.java')).map((path) => constant(basename(path)))
for (const path of files.filter((path) => path.endsWith('.class'))) {
  const compiled = readFileSync(path)
  if (sources.some((source) => compiled.includes(source))) unlinkSync(path)
}
