import octave from '../samples/octave.ts'
import { describeConformance } from './suite.ts'

describeConformance(octave, {
  name: 'Octave 7.3',
  executable: '/usr/bin/octave-cli',
  lacks: ['no gnuplot'],
})
describeConformance(octave, {
  name: 'Octave 6.2',
  container: 'bullseye',
  executable: '/usr/bin/octave-cli',
  lacks: ['gnuplot'],
})
describeConformance(octave, {
  name: 'Octave 9.4',
  root: 'trixie',
  executable: '/usr/bin/octave-cli',
  lacks: ['gnuplot'],
})
