// The driver of Go sessions: the interpreter yaegi, statically linked, and before it Go's own type checker.
//
// How the context persists: a cell is split into declarations and statements (pieces.go, cell.go). Variables that
// its top level defines become variables of package main. The cell is checked with go/types in a scope below that
// of all earlier cells (session.go); what replaces something with another type makes its users be compiled again
// (accept.go). Then it is lowered to plain Go, without generics and constants (lower.go and the files after it),
// which the interpreter, whose package main lives as long as we do, runs as a main function (running.go).
package main

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"

	"github.com/traefik/yaegi/interp"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "version" {
		fmt.Println(languageVersion + ", interpreted")
		return
	}
	// What a start allocates stays.
	collecting := debug.SetGCPercent(-1)
	channel := openControl()
	saveStreams()
	d := &driver{control: channel, signals: make(chan os.Signal, 16), engine: newEngine()}
	d.session = newSession(d.engine.FileSet())
	signal.Notify(d.signals, os.Interrupt, signalOfBarrier, signalOfSettle)
	requests := channel.requests()
	channel.report([]byte("Go "+strings.TrimPrefix(languageVersion, "go")+", interpreted by yaegi 0.16.1 (built with "+runtime.Version()+")"), "ready")
	debug.SetGCPercent(collecting)
	for {
		select {
		case next := <-requests:
			d.serve(next)
		case got := <-d.signals:
			if got == signalOfSettle {
				tellSettled()
			}
			if got == os.Interrupt && channel.hasRequest() {
				next := <-requests
				next.interrupted = true
				d.serve(next)
			}
		}
	}
}

type driver struct {
	*control
	signals chan os.Signal
	engine  *engine
	session *session
}

func (d *driver) serve(next request) {
	d.arriving.Store(false)
	switch next.kind {
	case "run":
		code, name := d.run(next)
		restoreStreams()
		d.report([]byte(name), "done", next.id, code)
	case "complete":
		d.takeLateInterrupts()
		d.report([]byte(strings.Join(d.session.complete(string(next.source), next.cursor), "\n")), "matches", next.id)
	case "inspect":
		d.report([]byte(d.session.inspect(string(next.source), next.cursor)), "doc", next.id)
	}
}

// takeLateInterrupts waits for a signal of our own, behind which there are none that came before.
func (d *driver) takeLateInterrupts() {
	syscall.Kill(os.Getpid(), signalOfBarrier)
	for got := range d.signals {
		switch got {
		case signalOfBarrier:
			return
		case signalOfSettle:
			tellSettled()
		}
	}
}

const (
	fine   = 0
	raised = 1
)

func (d *driver) run(next request) (code int, name string) {
	ready, problems := d.prepare(next)
	if len(problems) > 0 {
		for _, each := range problems {
			fmt.Fprintln(os.Stderr, each)
		}
		return raised, "compile error"
	}
	if ready == nil {
		return fine, ""
	}
	r := start(d.engine, next.id, ready)
	defer current.Store(nil)
	if next.interrupted {
		return d.interrupt(r)
	}
	for {
		select {
		case result := <-r.ended:
			runnings.Delete(r.label)
			return d.end(result)
		case code := <-r.exits:
			go r.stop()
			return code, ""
		case got := <-d.signals:
			switch got {
			case os.Interrupt:
				return d.interrupt(r)
			case signalOfSettle:
				tellSettled()
			}
		}
	}
}

func (d *driver) interrupt(r *running) (int, string) {
	r.stop()
	fmt.Fprintln(os.Stderr, "signal: interrupt")
	return raised, "interrupt"
}

func (d *driver) end(result outcome) (int, string) {
	switch {
	case result.panicked != nil:
		reportPanic(result.panicked, "")
		return raised, "panic"
	case result.err != nil:
		fmt.Fprintln(os.Stderr, result.err)
		return raised, "error"
	}
	return fine, ""
}

// prepare makes a cell ready to run, and part of the session; nil: there is nothing in it.
func (d *driver) prepare(next request) (ready *interp.Program, problems []problem) {
	objects := maps.Clone(d.session.objects)
	defer func() {
		if cause := recover(); cause != nil {
			d.session.objects = objects
			problems = []problem{{text: fmt.Sprintf("this cell cannot be checked, for a mistake of ours or of go/types: %v", cause)}}
		}
	}()
	c, problems := parseCell(d.session.fset, next.id, next.source)
	if len(problems) > 0 || len(c.steps)+len(c.declarations)+len(c.imports) == 0 {
		return nil, problems
	}
	checked, replaced, problems := d.session.add(c)
	if len(problems) > 0 {
		return nil, problems
	}
	lowered, failure := checked.lower(replaced)
	if failure != nil {
		return nil, []problem{*failure}
	}
	ready, err := d.engine.compile(lowered)
	if err != nil {
		return nil, []problem{d.ofInterpreter(err, c)}
	}
	checked.accept()
	return ready, nil
}

var placeInError = regexp.MustCompile(`^(\w+/cell):(\d+):(\d+): `)

// ofInterpreter is a mistake that only the interpreter sees: mostly something that it does not have.
func (d *driver) ofInterpreter(err error, c *cell) problem {
	made := problem{position: d.session.fset.Position(c.start), text: "the interpreter: " + err.Error()}
	if found := placeInError.FindStringSubmatch(err.Error()); found != nil {
		line, _ := strconv.Atoi(found[2])
		column, _ := strconv.Atoi(found[3])
		made.position = token.Position{Filename: found[1], Line: line, Column: column}
		made.text = "the interpreter: " + err.Error()[len(found[0]):]
	}
	return made
}
