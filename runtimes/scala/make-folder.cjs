'use strict'
/* Scala 2's compiler wants its output folder to be there. Run by our own Node. */
require('node:fs').mkdirSync(process.argv[2], { recursive: true })
