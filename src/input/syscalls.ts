/** The system calls that wait for input, by the numbers that `/proc/PID/task/TID/syscall` shows. */

/** Where the descriptors that a call waits for are found. */
export type WaitingCall = 'descriptor' | 'poll' | 'select' | 'epoll'

const X64: Readonly<Record<number, WaitingCall>> = {
  0: 'descriptor', // read
  17: 'descriptor', // pread64
  19: 'descriptor', // readv
  275: 'descriptor', // splice
  295: 'descriptor', // preadv
  327: 'descriptor', // preadv2
  3: 'descriptor', // read of a 32-bit program; to a 64-bit one it is close, which does not sleep on a pipe
  7: 'poll',
  271: 'poll', // ppoll
  23: 'select',
  270: 'select', // pselect6
  232: 'epoll', // epoll_wait
  281: 'epoll', // epoll_pwait
  441: 'epoll', // epoll_pwait2
}

const ARM64: Readonly<Record<number, WaitingCall>> = {
  63: 'descriptor', // read
  65: 'descriptor', // readv
  67: 'descriptor', // pread64
  69: 'descriptor', // preadv
  76: 'descriptor', // splice
  286: 'descriptor', // preadv2
  73: 'poll', // ppoll
  72: 'select', // pselect6
  22: 'epoll', // epoll_pwait
  441: 'epoll', // epoll_pwait2
}

const CALLS = process.arch === 'arm64' ? ARM64 : X64

export function waitingCall(number: number): WaitingCall | undefined {
  return CALLS[number]
}
