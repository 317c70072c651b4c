import rust from '../samples/rust.ts'
import { describeConformance } from './suite.ts'

describeConformance(rust, { name: 'Rust 1.63', executable: '/usr/bin/rustc' })
