/** What `bin/krunner` starts: V8's compile cache before anything that is worth caching. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, 'cache'))
const { main } = await import('./main.ts')
await main()
