/** What the demonstration runs in each language. */

interface Cell {
  source: string
  /** What must stand in its output. */
  shows: string
}

export interface Lesson {
  value: Cell
  /** Uses a name of `value`. */
  context: Cell
  question: Cell & { answer: string }
  /** Prints, and then never ends by itself. */
  endless: { source: string }
  completion: { code: string; suggests: string }
  /** The file that batch mode starts. */
  main: { name: string; text: string; shows: string }
}

const PYTHON: Lesson = {
  value: { source: 'answer = 6 * 7\nanswer', shows: '42' },
  context: { source: 'answer + 1', shows: '43' },
  question: { source: "print('Hello,', input('Your name? '))", answer: 'Ada', shows: 'Hello, Ada' },
  endless: { source: "print('on and on')\nwhile True: pass" },
  completion: { code: 'answer.bit_', suggests: 'bit_length' },
  main: {
    name: 'main.py',
    text: "import platform\nprint('Python', platform.python_version(), 'from a file')\n",
    shows: 'from a file',
  },
}

const NODEJS: Lesson = {
  value: { source: 'const answer = 6 * 7\nanswer', shows: '42' },
  context: { source: 'answer + 1', shows: '43' },
  question: {
    source:
      "const { createInterface } = require('node:readline/promises')\n" +
      'const lines = createInterface({ input: process.stdin, output: process.stdout })\n' +
      "console.log('Hello, ' + await lines.question('Your name? '))\n" +
      'lines.close()',
    answer: 'Ada',
    shows: 'Hello, Ada',
  },
  endless: { source: "console.log('on and on')\nfor (;;);" },
  completion: { code: 'Math.max', suggests: 'Math.max' },
  main: {
    name: 'main.js',
    text: "console.log('Node', process.version, 'from a file')\n",
    shows: 'from a file',
  },
}

export const LESSONS = { python: PYTHON, nodejs: NODEJS }
