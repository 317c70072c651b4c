package main

import (
	"fmt"
	"log"
	"os"
	"os/signal"
	"reflect"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/traefik/yaegi/interp"
)

// standIns are functions of the library that would end or disturb the driver, or that an interrupt must reach.
// The interpreter has its own of some, which here are Go's again. A doubled slash keeps it from doing that.
func standIns() interp.Exports {
	return interp.Exports{
		"os//os": {
			"Exit":   reflect.ValueOf(exit),
			"Stdin":  reflect.ValueOf(&os.Stdin).Elem(),
			"Stdout": reflect.ValueOf(&os.Stdout).Elem(),
			"Stderr": reflect.ValueOf(&os.Stderr).Elem(),
			"Args":   reflect.ValueOf(&os.Args).Elem(),
		},
		"fmt//fmt": {
			"_Stringer": reflect.ValueOf((*interp.Stringer)(nil)),
			"Print":     reflect.ValueOf(fmt.Print), "Printf": reflect.ValueOf(fmt.Printf), "Println": reflect.ValueOf(fmt.Println),
			"Scan": reflect.ValueOf(fmt.Scan), "Scanf": reflect.ValueOf(fmt.Scanf), "Scanln": reflect.ValueOf(fmt.Scanln),
		},
		"log//log": {
			"Print": reflect.ValueOf(log.Print), "Printf": reflect.ValueOf(log.Printf), "Println": reflect.ValueOf(log.Println),
			"Panic": reflect.ValueOf(log.Panic), "Panicf": reflect.ValueOf(log.Panicf), "Panicln": reflect.ValueOf(log.Panicln),
			"Flags": reflect.ValueOf(log.Flags), "Output": reflect.ValueOf(log.Output), "Prefix": reflect.ValueOf(log.Prefix),
			"SetFlags": reflect.ValueOf(log.SetFlags), "SetOutput": reflect.ValueOf(log.SetOutput),
			"SetPrefix": reflect.ValueOf(log.SetPrefix), "Writer": reflect.ValueOf(log.Writer),
			"Fatal":   reflect.ValueOf(func(v ...any) { log.Print(v...); exit(1) }),
			"Fatalf":  reflect.ValueOf(func(format string, v ...any) { log.Printf(format, v...); exit(1) }),
			"Fatalln": reflect.ValueOf(func(v ...any) { log.Println(v...); exit(1) }),
		},
		"time//time":        {"Sleep": reflect.ValueOf(sleep)},
		"os/signal//signal": {"Reset": reflect.ValueOf(resetSignals), "Ignore": reflect.ValueOf(ignoreSignals)},
		"syscall//syscall":  {"Exit": reflect.ValueOf(exit)},
	}
}

// sleep ends with the goroutine where an interrupt ends that.
func sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-interp.Cancelled():
		interp.StopHere()
	}
}

// block is `select {}`.
func block() {
	<-interp.Cancelled()
	interp.StopHere()
	select {}
}

// Interrupts are ours in any case: they are how the daemon ends a cell.
func resetSignals(list ...os.Signal)  { withoutInterrupts(signal.Reset, list) }
func ignoreSignals(list ...os.Signal) { withoutInterrupts(signal.Ignore, list) }

func withoutInterrupts(change func(...os.Signal), list []os.Signal) {
	if len(list) == 0 {
		return
	}
	var others []os.Signal
	for _, each := range list {
		if each != os.Interrupt && each != signalOfBarrier && each != signalOfSettle {
			others = append(others, each)
		}
	}
	if len(others) > 0 {
		change(others...)
	}
}

func printBuiltin(values ...any) { fmt.Fprint(os.Stderr, builtinTexts(values, "")...) }

func printlnBuiltin(values ...any) {
	fmt.Fprint(os.Stderr, append(builtinTexts(values, " "), "\n")...)
}

// builtinTexts are values as print() writes them, which is not as fmt does.
func builtinTexts(values []any, between string) (texts []any) {
	for i, value := range values {
		text := fmt.Sprint(value)
		switch v := reflect.ValueOf(value); v.Kind() {
		case reflect.Float32, reflect.Float64:
			text = fmt.Sprintf("%+.6e", v.Float())
			if mantissa, exponent := text[:len(text)-3], text[len(text)-3:]; len(text) > 4 && text[len(text)-4] == 'e' {
				number, _ := strconv.Atoi(exponent)
				text = fmt.Sprintf("%s%+04d", mantissa, number)
			}
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Chan, reflect.Func:
			text = fmt.Sprintf("%#x", v.Pointer())
		}
		if i > 0 {
			text = between + text
		}
		texts = append(texts, text)
	}
	return texts
}

// Signals of our own, behind which there are no interrupts that came before: one for the main loop, and one for
// goroutines of the user's.
const (
	signalOfBarrier = syscall.Signal(40)
	signalOfSettle  = syscall.Signal(41)
)

var settling sync.Mutex

// The main loop has seen a signalOfSettle.
var settledNow = make(chan struct{}, 1)

// settle waits until the driver knows of every interrupt until now, and ends the goroutine with its cell.
func settle() {
	settling.Lock()
	defer settling.Unlock()
	select {
	case <-settledNow:
	default:
	}
	syscall.Kill(os.Getpid(), signalOfSettle)
	select {
	case <-settledNow:
	case <-interp.Cancelled():
		interp.StopHere()
	}
}

func tellSettled() {
	select {
	case settledNow <- struct{}{}:
	default:
	}
}
