/** Older and newer ones. Debian's packages of rustc come without cargo. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import rust from '../samples/rust.ts'
import { describeConformance } from './suite.ts'

const lacks = ['cargo']
const newest = join(homedir(), '.cargo', 'bin', 'rustc')

describeConformance(rust, { name: 'Rust 1.48', container: 'bullseye', executable: '/usr/bin/rustc', lacks })
describeConformance(rust, { name: 'Rust 1.85', root: 'trixie', executable: '/usr/bin/rustc', lacks })
if (existsSync(newest)) describeConformance(rust, { name: "Rust of this machine's user", executable: newest })
