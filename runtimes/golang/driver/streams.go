package main

import (
	"os"
	"strconv"
	"syscall"
)

// Copies of the daemon's pipes, for when a cell has closed one.
var savedStreams [3]int

func saveStreams() {
	for fd := range savedStreams {
		savedStreams[fd] = copyAbove(fd)
	}
}

func copyAbove(fd int) int {
	copied, _, failure := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_DUPFD_CLOEXEC, firstPrivateDescriptor)
	if failure != 0 {
		return -1
	}
	return int(copied)
}

// restoreStreams gives a cell's successor what the cell has closed.
func restoreStreams() {
	var state syscall.Stat_t
	for fd, saved := range savedStreams {
		if syscall.Fstat(fd, &state) == syscall.EBADF {
			syscall.Dup3(saved, fd, 0)
		}
	}
	for fd, stream := range []**os.File{&os.Stdin, &os.Stdout, &os.Stderr} {
		const closed = ^uintptr(0)
		if *stream == nil || (*stream).Fd() == closed {
			*stream = os.NewFile(uintptr(copyAbove(savedStreams[fd])), [3]string{"/dev/stdin", "/dev/stdout", "/dev/stderr"}[fd])
		}
	}
}

// breakOffReading ends reads of fd 0 that block. The kernel starts such a call again after a signal, and then it
// reads what fd 0 is by then: nothing, until all have seen it.
func breakOffReading() {
	nothing, err := syscall.Open("/dev/null", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer syscall.Close(nothing)
	reading := threadsReading()
	if len(reading) == 0 {
		return
	}
	syscall.Dup3(nothing, 0, 0)
	for len(reading) > 0 {
		for _, thread := range reading {
			// The runtime's own signal, which does nothing here.
			syscall.Tgkill(os.Getpid(), thread, syscall.SIGURG)
		}
		syscall.Nanosleep(&syscall.Timespec{Nsec: 1e6}, nil)
		reading = threadsReading()
	}
	syscall.Dup3(savedStreams[0], 0, 0)
}

// threadsReading are those inside read(0, ...).
func threadsReading() (threads []int) {
	entries, _ := os.ReadDir("/proc/self/task")
	for _, entry := range entries {
		call, _ := os.ReadFile("/proc/self/task/" + entry.Name() + "/syscall")
		if len(call) > 6 && string(call[:6]) == strconv.Itoa(syscall.SYS_READ)+" 0x0 " {
			thread, _ := strconv.Atoi(entry.Name())
			threads = append(threads, thread)
		}
	}
	return threads
}
