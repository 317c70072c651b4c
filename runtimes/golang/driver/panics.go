package main

import (
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/traefik/yaegi/interp"
)

// A runtimeError is what Go's runtime would have panicked with.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }
func (e runtimeError) RuntimeError() {}

// A failedAssertion is what a type assertion panics with.
type failedAssertion string

func (e failedAssertion) Error() string { return string(e) }
func (e failedAssertion) RuntimeError() {}

// translate knows what the interpreter's use of package reflect panics with.
func translate(value any) any {
	var text string
	switch v := value.(type) {
	case *reflect.ValueError:
		text = v.Error()
	case string:
		text = v
	case error:
		if found := placeInError.FindString(v.Error()); found != "" {
			return failedAssertion(v.Error()[len(found):])
		}
		return value
	default:
		return value
	}
	switch {
	case strings.Contains(text, "on zero Value"), strings.Contains(text, "nil pointer"):
		return runtimeError("invalid memory address or nil pointer dereference")
	case strings.HasPrefix(text, "reflect") && strings.Contains(text, "index out of range"):
		return runtimeError("index out of range")
	case strings.HasPrefix(text, "reflect.Value.Slice"), strings.HasPrefix(text, "reflect") && strings.Contains(text, "out of bounds"):
		return runtimeError("slice bounds out of range")
	}
	return value
}

// panicking is told the value of a panic() before that goes on its way.
func panicking(value any) {
	if own, is := runnings.Load(labelOfGoroutine()); is {
		text := fmt.Sprint(value)
		own.(*running).panicText.Store(&text)
	}
}

func panicText(value any) string {
	if inner, is := value.(reflect.Value); is {
		if own, is := runnings.Load(labelOfGoroutine()); is {
			if text := own.(*running).panicText.Load(); text != nil {
				return *text
			}
		}
		if inner.IsValid() && inner.CanInterface() {
			value = inner.Interface()
		}
	}
	return fmt.Sprint(value)
}

// reportPanic writes a panic as Go does, with the calls of the user's own code that it went through.
func reportPanic(value any, note string) {
	unwinding := asUnwinding(value)
	var text strings.Builder
	fmt.Fprintf(&text, "panic: %s\n", unwinding.Text)
	if note != "" {
		fmt.Fprintf(&text, "[%s]\n", note)
	}
	if len(unwinding.Frames) > 0 {
		text.WriteString("\n")
	}
	const most = 50
	for i, frame := range unwinding.Frames {
		if i == most {
			fmt.Fprintf(&text, "... %d more calls\n", len(unwinding.Frames)-most)
			break
		}
		text.WriteString(frameText(frame))
	}
	os.Stderr.WriteString(text.String())
}

func frameText(frame interp.Frame) string {
	if frame.File == "" {
		return ""
	}
	name := strings.TrimSuffix(frame.Function, temporary)
	if name == "main" || strings.HasPrefix(name, "main.func") {
		return fmt.Sprintf("\t%s\n", placeOf(frame))
	}
	return fmt.Sprintf("main.%s(...)\n\t%s\n", name, placeOf(frame))
}

// placeOf names cells, and packages of the library that are interpreted.
func placeOf(frame interp.Frame) string {
	file, _, _ := strings.Cut(frame.File, "/")
	if _, err := strconv.Atoi(file); err != nil {
		return fmt.Sprintf("%s:%d", file, frame.Line)
	}
	return place(frame.File, frame.Line, 0)
}
