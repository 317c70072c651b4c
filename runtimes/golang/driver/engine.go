package main

import (
	"fmt"
	"math/big"
	"os"
	"path"
	"reflect"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
	"github.com/traefik/yaegi/stdlib/generic"
	libsyscall "github.com/traefik/yaegi/stdlib/syscall"
	"github.com/traefik/yaegi/stdlib/unrestricted"
	libunsafe "github.com/traefik/yaegi/stdlib/unsafe"
)

// The engine is the interpreter, with the library as programs have it, and ours.
type engine struct {
	*interp.Interpreter
}

var compiledLibrary = []interp.Exports{stdlib.Symbols, unrestricted.Symbols, libsyscall.Symbols, libunsafe.Symbols}

func newEngine() *engine {
	os.Args = os.Args[:1]
	e := &engine{interp.New(interp.Options{Unrestricted: true})}
	e.Cancellable()
	// Of generic packages the interpreter gets instances (sources.go), so it need not read them.
	for i, name := range [...]string{"cmp", "maps", "slices"} {
		generic.Sources[i] = "package " + name
	}
	for _, symbols := range append(compiledLibrary, e.ownSymbols(), standIns()) {
		if err := e.Use(symbols); err != nil {
			panic(err)
		}
	}
	e.ComposeErrors()
	return e
}

func (e *engine) ownSymbols() interp.Exports {
	show, panicking := reflect.ValueOf(show), reflect.ValueOf(panicking)
	// What is printed is printed by its own methods, errors too, which the interpreter forgets.
	texts := []reflect.Type{reflect.TypeOf((*fmt.Formatter)(nil)).Elem(), reflect.TypeOf((*error)(nil)).Elem(), reflect.TypeOf((*fmt.Stringer)(nil)).Elem()}
	wrappers := map[reflect.Value][]reflect.Type{show: texts, panicking: texts}
	for function, list := range stdlib.MapTypes {
		if list[0] == texts[0] {
			wrappers[function] = texts
		}
	}
	return interp.Exports{
		".": {"MapTypes": reflect.ValueOf(wrappers)},
		"krunner/krunner": {
			"Show":      show,
			"Panicking": panicking,
			"Block":     reflect.ValueOf(block),
			"Settle":    reflect.ValueOf(settle),
			"SameError": reflect.ValueOf(interp.SameError),
			"IsError":   reflect.ValueOf(interp.IsError),
			"Unsigned":  reflect.ValueOf(unsigned),
			"Print":     reflect.ValueOf(printBuiltin),
			"Println":   reflect.ValueOf(printlnBuiltin),
		},
	}
}

// hasSymbol tells whether the interpreter has a name of the library: it has those of Go 1.22.
func hasSymbol(pkg, name string) bool {
	for _, symbols := range compiledLibrary {
		if _, there := symbols[pkg+"/"+nameOf(pkg)][name]; there {
			return true
		}
	}
	return false
}

// nameOf gives the name of a package of the library.
func nameOf(pkg string) string {
	if name := path.Base(pkg); name != "v2" {
		return name
	}
	return path.Base(path.Dir(pkg))
}

// show prints the values of a last expression, as fmt.Println prints them.
func show(values ...any) { fmt.Fprintln(os.Stdout, values...) }

// unsigned is a constant that no literal of the interpreter can say.
func unsigned(text string) uint64 {
	number, _ := new(big.Int).SetString(text, 10)
	return number.Uint64()
}

// compile makes a program ready to run; yaegi panics where it meets what it does not know.
func (e *engine) compile(p *program) (ready *interp.Program, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the interpreter cannot compile this: %v", cause)
		}
	}()
	ready, err = e.CompileAST(p.file)
	if err == nil {
		ready.Renew(p.renewed)
	}
	return ready, err
}
