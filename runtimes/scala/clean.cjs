'use strict'
/* Removes what was compiled. Run by our own Node. */
require('node:fs').rmSync('target', { recursive: true, force: true })
