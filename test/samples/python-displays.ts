/** What Python shows beyond text. */
import type { DisplaySample } from '../conformance/samples.ts'

const WITH_FORM = (name: string, value: string) =>
  `class Formed(object):\n    def ${name}(self):\n        return ${value}\n    def __repr__(self):\n        return 'as text'\n\nFormed()`
/** The smallest PNG: one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

export const displays: readonly DisplaySample[] = [
  {
    promise: 'HTML stands for the value, whose text is not printed',
    code: WITH_FORM('_repr_html_', "u'<b>żółć</b>'"),
    mime: 'text/html',
    data: /^<b>żółć<\/b>$/,
    stdout: '',
  },
  {
    promise: 'an image is sent as it is',
    code: `import base64\n${WITH_FORM('_repr_png_', `base64.b64decode(b'${PIXEL}')`)}`,
    mime: 'image/png',
    stdout: '',
  },
  {
    promise: 'SVG is sent as text',
    code: WITH_FORM('_repr_svg_', "'<svg></svg>'"),
    mime: 'image/svg+xml',
    stdout: '',
  },
  {
    promise: 'LaTeX is sent, and the text printed for who cannot set it',
    code: WITH_FORM('_repr_latex_', "'$x^2$'"),
    mime: 'text/latex',
    data: /^\$x\^2\$$/,
    stdout: 'as text',
  },
  {
    promise: 'Markdown is sent',
    code: WITH_FORM('_repr_markdown_', "'# title'"),
    mime: 'text/markdown',
    stdout: '',
  },
  {
    promise: 'JSON is sent',
    code: WITH_FORM('_repr_json_', "{'a': [1]}"),
    mime: 'application/json',
    data: /^\{"a": ?\[1\]\}$/,
    stdout: '',
  },
  {
    promise: 'of a bundle the richest form is sent',
    code: WITH_FORM(
      '_repr_mimebundle_',
      `{'text/plain': 'p', 'image/png': '${PIXEL}', 'text/html': '<i>h</i>'}`,
    ).replace('(self)', '(self, include=None, exclude=None)'),
    mime: 'text/html',
    data: /^<i>h<\/i>$/,
    stdout: '',
  },
  {
    promise: 'display() takes several values, in order with what is printed',
    code: 'print("before")\ndisplay(Formed(), 5, Formed())\nprint("after")',
    mime: 'text/html',
    count: 2,
    stdout: 'before\n5\nafter',
  },
  {
    promise: 'a data frame comes as a table, and not as text',
    needs: 'pandas',
    code: 'import pandas\npandas.DataFrame({"column": [1.5, 2]})',
    mime: 'text/html',
    data: /<table[\s\S]*column[\s\S]*1\.5/,
    stdout: '',
  },
  {
    promise: 'figures left open come at the end of the cell, each once',
    needs: 'matplotlib',
    code: 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.figure()\nplt.plot([2, 1]);',
    mime: 'image/png',
    count: 2,
    stdout: '',
  },
  {
    promise: 'a figure comes when it is shown, and not again at the end',
    needs: 'matplotlib',
    code: 'plt.plot([1, 2])\nplt.show()\nprint("shown")',
    mime: 'image/png',
    stdout: 'shown',
  },
  {
    promise: 'a figure that is the value comes once',
    needs: 'matplotlib',
    code: 'figure, axes = plt.subplots()\nlines = axes.plot([3, 1])\nfigure',
    mime: 'image/png',
    stdout: '',
  },
  {
    promise: "IPython's own display() goes the same way",
    needs: 'ipython',
    code: 'from IPython.display import HTML, Image, display\ndisplay(HTML("<p>1</p>"))\nHTML("<p>2</p>")',
    mime: 'text/html',
    count: 2,
    stdout: '',
  },
  {
    promise: "an image of IPython's is sent as an image",
    needs: 'ipython',
    code: `import base64\nImage(base64.b64decode('${PIXEL}'))`,
    mime: 'image/png',
    stdout: '',
  },
]
