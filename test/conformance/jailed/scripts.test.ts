import app from '../../samples/app.ts'
import { BASH, shellSamples } from '../../samples/git.ts'
import lua from '../../samples/lua.ts'
import nodejs from '../../samples/nodejs.ts'
import php from '../../samples/php.ts'
import python from '../../samples/python.ts'
import scheme from '../../samples/scheme.ts'
import { describeConformance } from '../suite.ts'

describeConformance(app, { name: 'this machine in the jail', isJailed: true })
describeConformance(shellSamples(BASH), {
  name: 'bash in the jail',
  executable: '/usr/bin/bash',
  isJailed: true,
})
describeConformance(lua, { name: 'Lua 5.4 in the jail', executable: '/usr/bin/lua5.4', isJailed: true })
describeConformance(nodejs, { name: 'Node.js in the jail', executable: process.execPath, isJailed: true })
describeConformance(php, { name: 'PHP in the jail', executable: '/usr/bin/php', isJailed: true })
describeConformance(python, {
  name: 'CPython in the jail',
  executable: '/usr/bin/python3',
  lacks: ['no ipython'],
  isJailed: true,
})
describeConformance(scheme, {
  name: 'Guile in the jail',
  executable: '/usr/bin/guile-3.0',
  isJailed: true,
})
