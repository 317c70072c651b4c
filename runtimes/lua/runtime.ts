import { join } from 'node:path'
import { impossible, nothing, run } from '../../src/runtime/plan.ts'
import type { Runtime } from '../../src/runtime/runtime.ts'
import { DRIVER_LIBRARY, preloadDriverLibrary } from '../driver-library.ts'

const lua: Runtime = {
  name: 'lua',
  aliases: ['luajit'],
  title: 'Lua',
  versions: 'Lua 5.1 to 5.4, LuaJIT',
  executables: ['lua', 'lua5.4', 'lua5.3', 'lua5.2', 'lua5.1', 'luajit'],
  versionArguments: ['-v'],
  batch: {
    clean: () => nothing,
    build: () => nothing,
    execute(project, { executable }) {
      if (!project.hasFile('main.lua')) return impossible('no main.lua here: name the program to run')
      // Else a pipe gets nothing before 4 KiB are full.
      return run([executable, '-e', 'io.stdout:setvbuf"line"', 'main.lua'])
    },
  },
  query: {
    features: { persistent: true, input: true, completion: true, inspection: true, rich: false },
    syntax: {
      comments: ['--'],
      quotes: ["'", '"'],
      spans: [
        ['--[[', ']]'],
        ['[[', ']]'],
      ],
      // The head of a block, or an operator that wants a right side.
      goesOn:
        /(?:\b(?:do|then|else|repeat|and|or|not|return)|\bfunction\b[^()]*\([^()]*\)|[-+*/%^#=<>~,.&|])\s*$/,
    },
    launch: ({ executable, folder, env }) => ({
      argv: [executable, join(folder, 'driver.lua'), DRIVER_LIBRARY],
      env: preloadDriverLibrary(env),
    }),
  },
}

export default lua
