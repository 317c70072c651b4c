package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// A request of the daemon; see docs/adding-a-language.md.
type request struct {
	kind        string
	id, cursor  int
	source      []byte
	interrupted bool
}

// The control descriptors, moved out of the way of the user's programs and files.
type control struct {
	input   *os.File
	output  *os.File
	writing sync.Mutex
	// Set while a request is on its way from the pipe to the main loop.
	arriving atomic.Bool
	// An interrupt came on the heels of that request.
	interrupted atomic.Bool
}

const firstPrivateDescriptor = 200

func openControl() *control {
	return &control{input: private(3, "requests"), output: private(4, "reports")}
}

func private(fd int, name string) *os.File {
	moved, _, failure := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_DUPFD_CLOEXEC, firstPrivateDescriptor)
	if failure != 0 {
		fmt.Fprintln(os.Stderr, "krunner-golang is a driver that krunner starts: descriptors 3 and 4 are its pipes")
		os.Exit(2)
	}
	syscall.Close(fd)
	return os.NewFile(moved, name)
}

// report writes one message: its words, and the payload, whose length is added.
func (c *control) report(payload []byte, words ...any) {
	var message bytes.Buffer
	for _, word := range words {
		fmt.Fprint(&message, word, " ")
	}
	fmt.Fprintf(&message, "%d\n", len(payload))
	message.Write(payload)
	c.writing.Lock()
	defer c.writing.Unlock()
	c.output.Write(message.Bytes())
}

// requests reads until the daemon closes its end, and then ends the process.
func (c *control) requests() <-chan request {
	channel := make(chan request)
	go func() {
		reader := bufio.NewReader(c.input)
		for {
			if reader.Buffered() == 0 {
				c.waitForInput(-1)
			}
			c.arriving.Store(true)
			next, err := readRequest(reader)
			if err != nil {
				os.Exit(0)
			}
			channel <- next
		}
	}()
	return channel
}

// hasRequest tells whether one has been sent that does not run yet.
func (c *control) hasRequest() bool { return c.waitForInput(0) || c.arriving.Load() }

type pollDescriptor struct {
	fd              int32
	events, revents int16
}

func (c *control) waitForInput(timeout int) bool {
	const pollIn = 1
	for {
		descriptor := pollDescriptor{fd: int32(c.input.Fd()), events: pollIn}
		limit := syscall.Timespec{}
		at := unsafe.Pointer(nil)
		if timeout >= 0 {
			at = unsafe.Pointer(&limit)
		}
		ready, _, failure := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(&descriptor)), 1, uintptr(at), 0, 0, 0)
		if failure != syscall.EINTR {
			return ready == 1
		}
	}
}

func readRequest(reader *bufio.Reader) (request, error) {
	line, err := reader.ReadString('\n')
	if err != nil {
		return request{}, err
	}
	words := strings.Fields(line)
	numbers := make([]int, len(words)-1)
	for i := range numbers {
		if numbers[i], err = strconv.Atoi(words[i+1]); err != nil {
			return request{}, err
		}
	}
	next := request{kind: words[0], source: make([]byte, numbers[len(numbers)-1])}
	if len(numbers) > 1 {
		next.id = numbers[0]
	}
	if len(numbers) > 2 {
		next.cursor = numbers[1]
	}
	_, err = io.ReadFull(reader, next.source)
	return next, err
}
