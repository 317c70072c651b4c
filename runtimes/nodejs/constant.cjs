'use strict'
/** The name of a constant of the global scope: code that assigns to a cell's `const` is made to assign to this. */
exports.CONSTANT = '\ua4f8'
