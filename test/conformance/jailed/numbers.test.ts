import octave from '../../samples/octave.ts'
import r from '../../samples/r.ts'
import { describeConformance } from '../suite.ts'

describeConformance(octave, {
  name: 'Octave in the jail',
  executable: '/usr/bin/octave-cli',
  lacks: ['no gnuplot'],
  isJailed: true,
})
describeConformance(r, { name: 'R in the jail', executable: '/usr/bin/R', isJailed: true })
