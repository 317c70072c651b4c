// What krunner's driver needs of the interpreter and yaegi does not offer. The build adds this file to
// yaegi's package interp, and calls it from the places that overlay/edits.txt names.
package interp

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"
	"unsafe"
)

// Stopping is set while some goroutine is to be ended.
var Stopping atomic.Bool

// StopHere ends the calling goroutine if it is one of those. Called between two steps while Stopping.
var StopHere = func() {}

// MostCalls is how deep interpreted calls may go. A real overflow of the stack ends the process.
const MostCalls = 100_000

// StackOverflow is the panic of who goes deeper.
var StackOverflow any = "stack overflow"

// runCfg runs a call. A call too deep is a panic of the user's.
func runCfg(n *node, f *frame, funcNode, callNode *node) {
	if f.depth > MostCalls {
		panic(StackOverflow)
	}
	if thrown := runFrame(n, f, funcNode, callNode); thrown != nil {
		panic(thrown)
	}
}

// Cancelled gives the channel whose closing breaks off the blocked channel operations of the calling goroutine.
var Cancelled = func() <-chan struct{} { return nil }

// Crashed is told of a panic that a goroutine of the user did not recover from.
var Crashed = func(any) {}

// A Frame is a call that a panic went through.
type Frame struct {
	Function string
	File     string
	Line     int
}

// An Unwinding is what a panic of interpreted code carries on its way up.
type Unwinding struct {
	Value  any
	Text   string
	Frames []Frame
}

func (u *Unwinding) Error() string { return u.Text }

// Format prints an error of the user's as fmt prints errors: numbers by %d, and so on.
func (w _error) Format(state fmt.State, verb rune) { FormatBy(w.WError, w.IValue, state, verb) }

// A Stringer wraps what the user's own String method prints.
type Stringer struct {
	IValue  any
	WString func() string
}

func (w Stringer) String() string { return w.WString() }

// Format does for it what it does for errors.
func (w Stringer) Format(state fmt.State, verb rune) { FormatBy(w.WString, w.IValue, state, verb) }

// FormatBy prints the text where fmt would ask for it, and the value elsewhere.
func FormatBy(text func() string, value any, state fmt.State, verb rune) {
	if strings.ContainsRune("vsqxX", verb) && !(verb == 'v' && state.Flag('#')) {
		value = text()
	}
	fmt.Fprintf(state, fmt.FormatString(state, verb), value)
}

// PanicText says a panic's value in words; the driver has better ones.
var PanicText = func(value any) string { return "panic" }

// Translate gives what compiled code panics with for what the interpreter did.
var Translate = func(value any) any { return value }

// Unwrap serves errors.Is and errors.As of compiled code that recovers.
func (u *Unwinding) Unwrap() error {
	err, _ := u.Value.(error)
	return err
}

// unwound takes what a frame recovered apart: the panic's own value, and the frames it has seen.
func unwound(recovered any) (any, *Unwinding) {
	if u, ok := recovered.(*Unwinding); ok {
		return u.Value, u
	}
	if recovered != nil {
		recovered = Translate(recovered)
	}
	return recovered, &Unwinding{Value: recovered}
}

// through adds the call that began at n, and was at exec when it panicked.
func (u *Unwinding) through(n *node, exec bltn, value any) *Unwinding {
	u.Value = value
	if u.Text == "" {
		u.Text = PanicText(value)
	}
	at := nodeOf(n, exec)
	if at == nil {
		at = n
	}
	position := n.interp.fset.Position(at.pos)
	u.Frames = append(u.Frames, Frame{functionOf(at), position.Filename, position.Line})
	return u
}

// identity tells closures of one function literal apart, which their code does not.
func identity(exec bltn) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&exec)) }

func nodeOf(n *node, exec bltn) (found *node) {
	if exec == nil {
		return nil
	}
	root := n
	for root.anc != nil && root.kind != funcDecl {
		root = root.anc
	}
	root.Walk(func(m *node) bool {
		if found == nil && m.exec != nil && identity(m.exec) == identity(exec) {
			found = m
		}
		return found == nil
	}, nil)
	return found
}

func functionOf(n *node) string {
	literals := 0
	for ; n != nil; n = n.anc {
		switch n.kind {
		case funcLit:
			literals++
		case funcDecl:
			return n.child[1].ident + strings.Repeat(".func1", literals)
		}
	}
	return ""
}

// guard runs a goroutine of the user: its panic is told, and does not end the process.
func guard(body func()) {
	defer func() {
		if value := recover(); value != nil {
			Crashed(value)
		}
	}()
	body()
}

func cancellation() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(Cancelled())}
}

// endHere leaves a channel operation that was broken off.
func endHere() bltn {
	runtime.Goexit()
	return nil
}

// Cancellable lets channel operations be broken off.
func (interp *Interpreter) Cancellable() {
	interp.cancelChan = true
	theInterpreter = interp
}

// bodies has, for each function and method, the nodes of all its definitions.
var bodies = map[string][]*node{}

// Renew makes the functions that p declares the bodies of earlier ones of the same name and type too, so that
// who calls those gets the new ones. A method's name is TYPE.METHOD.
func (p *Program) Renew(names map[string]bool) {
	for _, n := range p.root.child {
		if n.kind != funcDecl {
			continue
		}
		name := declaredName(n)
		if names[name] {
			for _, old := range bodies[name] {
				old.child, old.types, old.start = n.child, n.types, n.start
			}
		} else {
			delete(bodies, name)
		}
		bodies[name] = append(bodies[name], n)
	}
}

func declaredName(n *node) string {
	if !isMethod(n) {
		return n.child[1].ident
	}
	receiver := n.child[0].child[0].lastChild()
	for receiver.ident == "" {
		receiver = receiver.child[0]
	}
	return receiver.ident + "." + n.child[1].ident
}

// replaceMethod keeps a type's methods apart from earlier ones of the same name.
func (t *itype) replaceMethod(n *node) {
	for i, m := range t.method {
		if m.child[1].ident == n.child[1].ident {
			t.method[i] = n
			return
		}
	}
	t.method = append(t.method, n)
}
