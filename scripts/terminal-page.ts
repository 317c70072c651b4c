/** The page of a terminal: three files that ask for nothing else. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

export async function buildTerminalPage(root: string, folder: string): Promise<void> {
  const page = join(root, 'src/pty/page')
  await build({
    entryPoints: [join(page, 'terminal.ts'), join(page, 'terminal.css')],
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  })
  cpSync(join(page, 'index.html'), join(folder, 'index.html'))
}
