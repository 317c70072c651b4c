'use strict'
/* Constants of the global scope that rewritten cells use, by names that nobody types. `globals.cjs` makes them. */

/** Stands where code assigns to a `const` of a cell: the engine throws its own error. */
exports.CONSTANT = '\ua4f8'
/** Stands for `import` in `import()`: a function that finds packages and files from the working folder. */
exports.IMPORT = '\ua4f9'
/** Stands around what a static `import` has loaded: checks that the names are there. */
exports.IMPORTED = '\ua4fa'
