package main

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
)

// Packages whose functions are all generic: the interpreter gets the instances that cells use.
var genericPackages = []string{"cmp", "maps", "slices"}

// What the interpreter lacks of Go's built-in functions, and errors.As, which knows no types of cells.
const preludeSource = `package prelude

import (
	"cmp"
	"errors"
)

func min[T cmp.Ordered](least T, others ...T) T {
	for _, other := range others {
		if other < least || other != other {
			least = other
		}
	}
	return least
}

func max[T cmp.Ordered](most T, others ...T) T {
	for _, other := range others {
		if other > most || other != other {
			most = other
		}
	}
	return most
}

func as[T error](err error, target *T) bool {
	for err != nil {
		if found, is := err.(T); is {
			*target = found
			return true
		}
		err = errors.Unwrap(err)
	}
	return false
}

func clearMap[K comparable, V any](m map[K]V) {
	for key := range m {
		delete(m, key)
	}
}

func clearSlice[T any](s []T) {
	var zero T
	for i := range s {
		s[i] = zero
	}
}
`

const prelude = "prelude"

func (l *library) prelude(s *session, name string) *types.Func {
	pkg := l.sources[prelude]
	if pkg == nil {
		pkg, _ = l.checkSource(prelude, map[string]string{"prelude.go": preludeSource})
	}
	return pkg.Scope().Lookup(name).(*types.Func)
}

// As of Go 1.22, before iterators; Go's own asks its runtime for a clone.
//
//go:embed maps.txt
var mapsSource string

func (l *library) fromSource(name string) (*types.Package, error) {
	if name == "maps" {
		return l.checkSource(name, map[string]string{"maps.go": mapsSource})
	}
	files := map[string]string{}
	entries, err := fs.ReadDir(l.archive, "src/"+name)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		file, err := l.archive.Open("src/" + name + "/" + entry.Name())
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(file)
		if err != nil {
			return nil, err
		}
		files[entry.Name()] = string(text)
	}
	return l.checkSource(name, files)
}

func (l *library) checkSource(name string, texts map[string]string) (*types.Package, error) {
	var files []*ast.File
	for _, text := range texts {
		// The interpreter looks for imports by the file's base name, which is the same for all that it gets.
		file, err := parser.ParseFile(l.session.fset, name+"/cell", text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		for _, each := range file.Decls {
			if function, is := each.(*ast.FuncDecl); is {
				l.session.bodies[function.Name.Pos()] = function
				simplify(function)
			}
		}
	}
	configuration := &types.Config{Importer: l, Error: func(error) {}}
	pkg, _ := configuration.Check(name, l.session.fset, files, l.session.info)
	l.sources[name] = pkg
	return pkg, nil
}

// simplify leaves out a shortcut of package slices that looks at addresses: assuming the worst is right as well.
func simplify(function *ast.FuncDecl) {
	if function.Name.Name == "overlaps" {
		pos := function.Body.Pos()
		always := &ast.BinaryExpr{X: &ast.BasicLit{ValuePos: pos, Kind: token.INT, Value: "0"}, OpPos: pos, Op: token.EQL, Y: &ast.BasicLit{ValuePos: pos, Kind: token.INT, Value: "0"}}
		function.Body.List = []ast.Stmt{&ast.ReturnStmt{Return: pos, Results: []ast.Expr{always}}}
	}
}
