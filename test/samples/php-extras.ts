import type { ExtraSample } from '../conformance/samples.ts'

/** What a session in PHP promises beyond the common list. */
const extras: readonly ExtraSample[] = [
  {
    promise:
      'a class declared anew serves older functions, closures, type declarations and constants; objects keep theirs',
    cells: [
      {
        code: 'class Shape { const SIDES = 3; function area() { return 1; } }\nfunction shape(Shape $shape = null) { return (new Shape)->area() . Shape::SIDES; }\n$make = function () { return new Shape; };\n$old = new Shape;\nshape($old) . $make()->area()',
        stdout: 'string(3) "131"',
      },
      {
        code: 'class Shape { const SIDES = 4; private $more = [1, 2]; function area() { return 2; } }\nshape(new Shape) . $make()->area() . $old->area()',
        stdout: 'string(4) "2421"',
      },
      { code: 'shape($old)', exitCode: 1, stderr: /TypeError/ },
    ],
  },
]

export default extras
