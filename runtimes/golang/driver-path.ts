import { join } from 'node:path'
import { DIST } from '../../src/tree.ts'

/** The interpreter with everything it needs: a session asks nothing of the image. Not there where the build had no Go. */
export const DRIVER = join(DIST, 'golang', 'krunner-golang')
