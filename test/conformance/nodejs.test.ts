import nodejs from '../samples/nodejs.ts'
import { describeConformance } from './suite.ts'

describeConformance(nodejs, { name: 'Node.js that runs the tests', executable: process.execPath })
