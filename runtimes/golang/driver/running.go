package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// A running is one cell while it runs, with all goroutines that it has started: they carry its label, as
// goroutines inherit those.
type running struct {
	label     unsafe.Pointer
	cancelled chan struct{}
	ended     chan outcome
	exits     chan int
	// What the value of the last panic() says of itself, which the value alone cannot.
	panicText atomic.Pointer[string]
}

type outcome struct {
	panicked *interp.Unwinding
	err      error
}

//go:linkname labelOfGoroutine runtime/pprof.runtime_getProfLabel
func labelOfGoroutine() unsafe.Pointer

// What is running or has left goroutines behind, by label.
var (
	runnings sync.Map
	// Those whose goroutines are to end.
	stopped sync.Map
	current atomic.Pointer[running]
)

func init() {
	interp.StopHere = func() {
		if _, is := stopped.Load(labelOfGoroutine()); is {
			runtime.Goexit()
		}
	}
	interp.Cancelled = func() <-chan struct{} {
		if own, is := runnings.Load(labelOfGoroutine()); is {
			return own.(*running).cancelled
		}
		return nil
	}
	interp.Crashed = func(value any) { reportPanic(value, "a goroutine panicked, and ended") }
	interp.PanicText = panicText
	interp.Translate = translate
	interp.StackOverflow = runtimeError(fmt.Sprintf("stack overflow: calls go more than %d deep", interp.MostCalls))
}

// start runs a program in a goroutine of its own.
func start(e *engine, id int, p *interp.Program) *running {
	r := &running{cancelled: make(chan struct{}), ended: make(chan outcome, 1), exits: make(chan int, 1)}
	begun := make(chan struct{})
	go func() {
		labels := pprof.Labels("cell", fmt.Sprint(id))
		pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), labels))
		r.label = labelOfGoroutine()
		runnings.Store(r.label, r)
		current.Store(r)
		close(begun)
		result := outcome{}
		defer func() { r.ended <- result }()
		_, result.err = e.Execute(p)
		if failure, is := result.err.(interp.Panic); is {
			result.panicked = asUnwinding(failure.Value)
		}
	}()
	<-begun
	return r
}

func asUnwinding(value any) *interp.Unwinding {
	if unwinding, is := value.(*interp.Unwinding); is {
		return unwinding
	}
	return &interp.Unwinding{Value: value, Text: panicText(value)}
}

// How long a goroutine that is to end may take until its cell ends without it: it sits in compiled code then, and
// ends when it comes back from there.
const patience = 300 * time.Millisecond

// stop ends the goroutines of a cell: at once where they run or wait for a channel, else when they go on.
func (r *running) stop() {
	stopped.Store(r.label, true)
	interp.Stopping.Store(true)
	close(r.cancelled)
	select {
	case <-r.ended:
		r.ended <- outcome{}
	case <-time.After(patience / 10):
		breakOffReading()
	}
	select {
	case <-r.ended:
		// Others of the cell may need a moment.
		time.AfterFunc(time.Second, func() { forgetStopped(r) })
	case <-time.After(patience):
		go func() {
			<-r.ended
			forgetStopped(r)
		}()
	}
}

func forgetStopped(r *running) {
	stopped.Delete(r.label)
	runnings.Delete(r.label)
	left := false
	stopped.Range(func(any, any) bool {
		left = true
		return false
	})
	interp.Stopping.Store(left)
}

// exit is os.Exit: it ends the cell, not the driver. Nothing of the user's runs any more in this goroutine,
// as nothing would.
func exit(code int) {
	own, is := runnings.Load(labelOfGoroutine())
	if is && own.(*running) == current.Load() {
		select {
		case own.(*running).exits <- code & 0xff:
		default:
		}
	} else {
		fmt.Fprintf(os.Stderr, "os.Exit(%d) in a goroutine of an earlier cell: that goroutine ended\n", code)
	}
	select {}
}
