/** Older and newer ones: Debian's packages of rustc come without cargo. */
import rust from '../samples/rust.ts'
import { describeConformance } from './suite.ts'

const lacks = ['cargo']

describeConformance(rust, { name: 'Rust 1.48', root: 'bullseye', executable: '/usr/bin/rustc', lacks })
describeConformance(rust, { name: 'Rust 1.85', root: 'trixie', executable: '/usr/bin/rustc', lacks })
