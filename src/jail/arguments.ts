/** Calls of which the arguments decide, and how. */

/**
 * `count`: allowed while the allowance lasts, which the supervisor knows. `absent`: ENOSYS, as a kernel says
 * that is older than the call, so that libraries do without.
 */
export type Answer = 'allow' | 'refuse' | 'kill' | 'count' | 'absent'

/**
 * Of an argument the low 32 bits, for that is all that the kernel looks at in each of these; masked, one of
 * `values`, or with `not` none of them.
 */
export interface Condition {
  readonly argument: number
  readonly mask?: number
  readonly values: readonly number[]
  readonly not?: true
}

/** The first case of which all conditions hold answers; else `otherwise`. */
export interface ArgumentRule {
  readonly cases: readonly { readonly when: readonly Condition[]; readonly answer: Answer }[]
  readonly otherwise: Answer
  /** For people. */
  readonly says: string
}

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. CLONE_NEWTIME is no flag of clone. */
export const NAMESPACE_FLAGS = 0x7e020000
const CLONE_THREAD = 0x00010000

const [UNIX, INET, INET6, NETLINK] = [1, 2, 10, 16]
const SOCKET_TYPE = 0xf
const [RAW, PACKET] = [3, 10]
const INTERNET = { argument: 0, values: [INET, INET6] }

/** SECCOMP_FILTER_FLAG_NEW_LISTENER. */
const NEW_LISTENER = 8

const TIOCSTI = 0x5412
const TIOCLINUX = 0x541c
const TIOCSETD = 0x5423

/** As it is, and the question what it is. */
const PERSONALITIES = [0, 0xffffffff]

/** Options of prctl that concern the caller alone. */
const PRCTL = {
  PR_SET_PDEATHSIG: 1,
  PR_GET_PDEATHSIG: 2,
  PR_GET_DUMPABLE: 3,
  PR_SET_DUMPABLE: 4,
  PR_GET_KEEPCAPS: 7,
  PR_SET_KEEPCAPS: 8,
  PR_SET_NAME: 15,
  PR_GET_NAME: 16,
  PR_GET_SECCOMP: 21,
  PR_CAPBSET_READ: 23,
  PR_CAPBSET_DROP: 24,
  PR_GET_SECUREBITS: 27,
  PR_SET_TIMERSLACK: 29,
  PR_GET_TIMERSLACK: 30,
  PR_MCE_KILL: 33,
  PR_MCE_KILL_GET: 34,
  PR_SET_CHILD_SUBREAPER: 36,
  PR_GET_CHILD_SUBREAPER: 37,
  PR_SET_NO_NEW_PRIVS: 38,
  PR_GET_NO_NEW_PRIVS: 39,
  PR_GET_TID_ADDRESS: 40,
  PR_SET_THP_DISABLE: 41,
  PR_GET_THP_DISABLE: 42,
  PR_CAP_AMBIENT: 47,
  PR_SVE_SET_VL: 50,
  PR_SVE_GET_VL: 51,
  PR_GET_SPECULATION_CTRL: 52,
  PR_SET_SPECULATION_CTRL: 53,
  PR_PAC_RESET_KEYS: 54,
  PR_SET_TAGGED_ADDR_CTRL: 55,
  PR_GET_TAGGED_ADDR_CTRL: 56,
  PR_SME_SET_VL: 63,
  PR_SME_GET_VL: 64,
  PR_SET_VMA: 0x53564d41,
}

const RULES: Readonly<Record<string, ArgumentRule>> = {
  socket: {
    cases: [
      { when: [{ argument: 0, values: [UNIX] }], answer: 'allow' },
      {
        when: [INTERNET, { argument: 1, mask: SOCKET_TYPE, values: [RAW, PACKET], not: true }],
        answer: 'allow',
      },
      {
        when: [
          { argument: 0, values: [NETLINK] },
          { argument: 2, values: [0] },
        ],
        answer: 'allow',
      },
    ],
    otherwise: 'refuse',
    says: 'Unix, TCP and UDP sockets, and the routing kind of netlink; no raw ones',
  },
  socketpair: {
    cases: [{ when: [{ argument: 0, values: [UNIX] }], answer: 'allow' }],
    otherwise: 'refuse',
    says: 'Unix sockets only',
  },
  ioctl: {
    cases: [{ when: [{ argument: 1, values: [TIOCSTI, TIOCLINUX, TIOCSETD] }], answer: 'refuse' }],
    otherwise: 'allow',
    says: 'not TIOCSTI and TIOCLINUX, which type into a terminal, nor TIOCSETD',
  },
  personality: {
    cases: [{ when: [{ argument: 0, values: PERSONALITIES }], answer: 'allow' }],
    otherwise: 'refuse',
    says: 'to ask, and to stay PER_LINUX',
  },
  prctl: {
    cases: [{ when: [{ argument: 0, values: Object.values(PRCTL) }], answer: 'allow' }],
    otherwise: 'refuse',
    says: 'options that concern the caller alone, not PR_SET_MM, PR_SET_SECCOMP, PR_SET_PTRACER and others',
  },
  seccomp: {
    // A filter of user code can only refuse more; one that asks a listener would be asked before ours is.
    cases: [{ when: [{ argument: 1, mask: NEW_LISTENER, values: [0] }], answer: 'allow' }],
    otherwise: 'refuse',
    says: 'to refuse itself more, without a listener',
  },
  prlimit64: {
    cases: [{ when: [{ argument: 0, values: [0] }], answer: 'allow' }],
    otherwise: 'refuse',
    says: "the caller's own limits (process 0) only",
  },
}

/** A new process is counted where there is something to count for. */
function cloneRule(forks: Answer): ArgumentRule {
  return {
    cases: [
      { when: [{ argument: 0, mask: NAMESPACE_FLAGS, values: [0], not: true }], answer: 'refuse' },
      { when: [{ argument: 0, mask: CLONE_THREAD, values: [0], not: true }], answer: 'allow' },
    ],
    otherwise: forks,
    says: 'no namespaces',
  }
}

/** Undefined: the arguments do not matter. `forks` is what making a process is answered with. */
export function argumentRule(call: string, forks: Answer): ArgumentRule | undefined {
  if (call === 'clone') return cloneRule(forks)
  return Object.hasOwn(RULES, call) ? RULES[call] : undefined
}
