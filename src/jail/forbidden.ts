/** System calls that no policy can allow, each with the reason; what user code has to do never needs them. */

const REASONS: readonly [reason: string, ...calls: string[]][] = [
  [
    'it looks into other processes, and changes them',
    'ptrace',
    'process_vm_readv',
    'process_vm_writev',
    'pidfd_getfd',
    'kcmp',
  ],
  ["it reaches the kernel's keyrings, which no container separates", 'add_key', 'request_key', 'keyctl'],
  [
    'it changes what is mounted where',
    'mount',
    'umount2',
    'pivot_root',
    'chroot',
    'move_mount',
    'open_tree',
    'open_tree_attr',
    'fsopen',
    'fsconfig',
    'fsmount',
    'fspick',
    'mount_setattr',
    'swapon',
    'swapoff',
    'quotactl',
    'quotactl_fd',
  ],
  [
    'it enters or makes a namespace, where a process has privileges that it lacks outside',
    'unshare',
    'setns',
  ],
  ['it loads code into the kernel', 'init_module', 'finit_module', 'delete_module', 'create_module', 'bpf'],
  ['it is the machine, not the container, that it stops', 'reboot', 'kexec_load', 'kexec_file_load'],
  ['it sets the clock of the machine', 'settimeofday', 'clock_settime', 'clock_adjtime', 'adjtimex'],
  [
    'its rings do file and network work that no filter of system calls sees',
    'io_uring_setup',
    'io_uring_enter',
    'io_uring_register',
  ],
  ['it lets a program hold the kernel in the middle of a copy, which exploits are made of', 'userfaultfd'],
  ['it watches the whole machine', 'perf_event_open', 'syslog', 'lookup_dcookie', 'fanotify_init'],
  ['it opens a file without its path, past what paths allow', 'open_by_handle_at'],
  ['it reaches ports and segments of the processor', 'iopl', 'ioperm', 'modify_ldt'],
  [
    'it is for the administrator of the machine',
    'acct',
    'sethostname',
    'setdomainname',
    'vhangup',
    'nfsservctl',
    'sysfs',
    '_sysctl',
    'uselib',
    'ustat',
    'get_kernel_syms',
    'query_module',
  ],
]

const FORBIDDEN: ReadonlyMap<string, string> = new Map(
  REASONS.flatMap(([reason, ...calls]) => calls.map((call) => [call, reason])),
)

/** Why a call is refused whatever a policy says; undefined: a policy decides. */
export function whyForbidden(call: string): string | undefined {
  return FORBIDDEN.get(call)
}

export const FORBIDDEN_CALLS: readonly string[] = [...FORBIDDEN.keys()]

/**
 * What the launcher needs for its own last step, and what ends a program. More programs are held by
 * `exec_allowance` and OP_EXEC.
 */
export const ALWAYS_ALLOWED: readonly string[] = [
  'execve',
  'exit',
  'exit_group',
  'rt_sigreturn',
  'restart_syscall',
]
