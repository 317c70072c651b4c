// Errors and values of the user's own types, as compiled code sees them: wrapped. The build adds this file to
// yaegi's package interp.
package interp

import (
	"fmt"
	"reflect"
	"strings"
)

// Wrappers of errors that say more than their text.
type errorUnwrap struct {
	IValue  any
	WError  func() string
	WUnwrap func() error
}

func (w errorUnwrap) Error() string                     { return w.WError() }
func (w errorUnwrap) Unwrap() error                     { return w.WUnwrap() }
func (w errorUnwrap) Format(state fmt.State, verb rune) { FormatBy(w.WError, w.IValue, state, verb) }

type errorIs struct {
	IValue any
	WError func() string
	WIs    func(error) bool
}

func (w errorIs) Error() string                     { return w.WError() }
func (w errorIs) Is(target error) bool              { return w.WIs(target) }
func (w errorIs) Format(state fmt.State, verb rune) { FormatBy(w.WError, w.IValue, state, verb) }

type errorUnwrapIs struct {
	IValue  any
	WError  func() string
	WUnwrap func() error
	WIs     func(error) bool
}

func (w errorUnwrapIs) Error() string                     { return w.WError() }
func (w errorUnwrapIs) Unwrap() error                     { return w.WUnwrap() }
func (w errorUnwrapIs) Is(target error) bool              { return w.WIs(target) }
func (w errorUnwrapIs) Format(state fmt.State, verb rune) { FormatBy(w.WError, w.IValue, state, verb) }

// ComposeErrors makes the interpreter use them.
func (interp *Interpreter) ComposeErrors() {
	interp.mapTypes[interp.binPkg[""]["_error"]] = []reflect.Type{
		reflect.TypeOf(errorUnwrapIs{}), reflect.TypeOf(errorUnwrap{}), reflect.TypeOf(errorIs{}),
	}
}

// SameError is a == b for errors: wrappers are made anew each time, and cannot be compared.
func SameError(a, b error) (same bool) {
	defer func() {
		if recover() != nil {
			same = false
		}
	}()
	return unwrapped(a) == unwrapped(b)
}

func unwrapped(err error) any {
	switch e := err.(type) {
	case _error:
		return e.IValue
	case errorUnwrap:
		return e.IValue
	case errorIs:
		return e.IValue
	case errorUnwrapIs:
		return e.IValue
	}
	return err
}

// IsError is errors.Is, which compares errors of the user's own types as the user would.
func IsError(err, target error) bool {
	for err != nil && target != nil {
		if SameError(err, target) {
			return true
		}
		if own, is := err.(interface{ Is(error) bool }); is && own.Is(target) {
			return true
		}
		switch outer := err.(type) {
		case interface{ Unwrap() error }:
			err = outer.Unwrap()
		case interface{ Unwrap() []error }:
			for _, each := range outer.Unwrap() {
				if IsError(each, target) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return err == target
}

var (
	stringerType = reflect.TypeOf((*fmt.Stringer)(nil)).Elem()
	errorType    = reflect.TypeOf((*error)(nil)).Elem()
)

// printsItself tells that a value is printed by the Format below.
func printsItself(wanted reflect.Type) bool { return wanted == stringerType || wanted == errorType }

// Format prints what an interface of the user's own holds, by its own methods where it has them.
func (v valueInterface) Format(state fmt.State, verb rune) {
	if v.node == nil || !v.value.IsValid() || !v.value.CanInterface() {
		fmt.Fprintf(state, fmt.FormatString(state, verb), nil)
		return
	}
	value := v.value.Interface()
	if _, isInner := value.(valueInterface); !isInner && v.node.typ != nil && strings.ContainsRune("vsqxX", verb) {
		for _, name := range []string{"Error", "String"} {
			if method, path := v.node.typ.lookupMethod(name); method != nil {
				own := *method
				held := &node{kind: basicLit, typ: v.node.typ, rval: v.value, interp: v.node.interp}
				own.recv = &receiver{held, v.value, path}
				text, is := genFunctionWrapper(&own)(v.node.interp.frame).Interface().(func() string)
				if is {
					FormatBy(text, value, state, verb)
					return
				}
			}
		}
	}
	fmt.Fprintf(state, fmt.FormatString(state, verb), value)
}
