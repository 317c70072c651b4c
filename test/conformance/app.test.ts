import app from '../samples/app.ts'
import { describeConformance } from './suite.ts'

describeConformance(app, { name: 'this machine' })
describeConformance(app, { name: 'an image of Debian 11', root: 'bullseye' })
