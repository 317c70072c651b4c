/** Classic BPF as seccomp has it, from linux/bpf_common.h, linux/filter.h and linux/seccomp.h. */
import type { Architecture, Instruction } from './program.ts'

export const LOAD = 0x20 // BPF_LD | BPF_W | BPF_ABS
export const AND = 0x54 // BPF_ALU | BPF_AND | BPF_K
export const JUMP = 0x05 // BPF_JMP | BPF_JA
export const JUMP_EQUAL = 0x15 // BPF_JMP | BPF_JEQ | BPF_K
export const JUMP_AT_LEAST = 0x35 // BPF_JMP | BPF_JGE | BPF_K
export const JUMP_IF_BITS = 0x45 // BPF_JMP | BPF_JSET | BPF_K
export const RETURN = 0x06 // BPF_RET | BPF_K

export const RETURN_ALLOW = 0x7fff0000
export const RETURN_NOTIFY = 0x7fc00000
export const RETURN_ERRNO = 0x00050000
export const RETURN_KILL = 0x80000000
export const EPERM = 1
export const ENOSYS = 38

/** Offsets in `struct seccomp_data`; both architectures are little-endian, so the low half comes first. */
export const NUMBER = 0
export const ARCHITECTURE = 4
export const ARGUMENTS = 16

/** `AUDIT_ARCH_*`. */
export const AUDIT: Readonly<Record<Architecture, number>> = { x86_64: 0xc000003e, aarch64: 0xc00000b7 }
/** `__X32_SYSCALL_BIT`: calls of the x32 kind come with the architecture of x86_64. */
export const X32 = 0x40000000

/** A jump's targets are counted from the instruction after it, and go forward only. */
export function instruction(code: number, k: number, jt = 0, jf = 0): Instruction {
  if (jt > 255 || jf > 255) throw new Error(`a jump of ${Math.max(jt, jf)} instructions does not fit a byte`)
  return { code, jt, jf, k: k >>> 0 }
}
