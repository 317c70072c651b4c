import { DRIVER } from '../../../runtimes/golang/driver-path.ts'
import golang from '../../samples/golang.ts'
import haskell from '../../samples/haskell.ts'
import rust from '../../samples/rust.ts'
import { describeWith, programThere } from '../../toolchain/requirement.ts'
import { describeConformance } from '../suite.ts'

describeWith([programThere(DRIVER)], 'Go', () =>
  describeConformance(golang, {
    name: 'Go in the jail',
    executable: '/usr/local/go/bin/go',
    isJailed: true,
  }),
)
/** Cabal knows no server of packages. */
const env = { CABAL_CONFIG: '/dev/null' }
describeConformance(haskell, {
  name: 'GHC in the jail',
  executable: '/usr/bin/ghci',
  env,
  isJailed: true,
})
describeConformance(rust, { name: 'Rust in the jail', executable: '/usr/bin/rustc', isJailed: true })
