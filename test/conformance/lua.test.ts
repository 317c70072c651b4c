import lua from '../samples/lua.ts'
import { describeConformance } from './suite.ts'

const lacks = ['yield through pcall']

describeConformance(lua, { name: 'Lua 5.1', executable: '/usr/bin/lua5.1', lacks })
describeConformance(lua, { name: 'Lua 5.3', executable: '/usr/bin/lua5.3' })
describeConformance(lua, { name: 'Lua 5.4', executable: '/usr/bin/lua5.4' })
describeConformance(lua, { name: 'LuaJIT', executable: '/usr/bin/luajit' })
describeConformance(lua, {
  name: 'Lua 5.1 of bullseye',
  container: 'bullseye',
  executable: '/usr/bin/lua5.1',
  lacks,
})
