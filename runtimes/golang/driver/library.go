package main

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"path"
	"strings"
)

// The compiled types of the standard library, one file a package, as the build took them from Go's own.
//
//go:embed types.zip
var typesOfLibrary []byte

// The library gives the packages that cells import. Those that are generic all over are interpreted, from
// their sources.
type library struct {
	session  *session
	archive  *zip.Reader
	compiled types.Importer
	byName   map[string]string
	sources  map[string]*types.Package
}

// Which package a name means that nobody has imported, where several have it.
var preferred = map[string]string{
	"rand": "math/rand", "template": "text/template", "scanner": "text/scanner", "pprof": "runtime/pprof",
}

func newLibrary() *library {
	archive, err := zip.NewReader(bytes.NewReader(typesOfLibrary), int64(len(typesOfLibrary)))
	if err != nil {
		panic(err)
	}
	l := &library{archive: archive, byName: map[string]string{}, sources: map[string]*types.Package{}}
	l.compiled = importer.ForCompiler(token.NewFileSet(), "gc", l.open)
	for _, symbols := range compiledLibrary {
		for key := range symbols {
			if path.Dir(key) != "." && !strings.HasPrefix(key, "github.com/") {
				l.byName[path.Base(key)] = path.Dir(key)
			}
		}
	}
	for _, each := range genericPackages {
		l.byName[each] = each
	}
	for name, chosen := range preferred {
		l.byName[name] = chosen
	}
	return l
}

func (l *library) open(name string) (io.ReadCloser, error) {
	file, err := l.archive.Open(name)
	if err != nil {
		return nil, fmt.Errorf("package %s is not of the standard library, which is all that a session has", name)
	}
	return file, nil
}

// Import serves the type checker.
func (l *library) Import(name string) (*types.Package, error) {
	if source := l.sources[name]; source != nil {
		return source, nil
	}
	if strings.Contains(" "+strings.Join(genericPackages, " ")+" ", " "+name+" ") {
		return l.fromSource(name)
	}
	if name != "unsafe" {
		if _, err := l.archive.Open(name); err != nil {
			return nil, fmt.Errorf("package %s is not of the standard library, which is all that a session has", name)
		}
	}
	return l.compiled.Import(name)
}

// importUsed makes names such as `strings` known to the session where a cell uses them without an import, as
// the interpreter's own REPL does.
func (l *library) importUsed(s *session, c *cell, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		selector, is := n.(*ast.SelectorExpr)
		if !is {
			return true
		}
		name, is := selector.X.(*ast.Ident)
		if !is || s.objects[name.Name] != nil || c.imports != nil && c.hasImported(name.Name) {
			return true
		}
		l.importByName(s, name.Name)
		return true
	})
}

func (l *library) importByName(s *session, name string) types.Object {
	where := l.byName[name]
	if where == "" {
		return nil
	}
	imported, err := l.Import(where)
	if err != nil {
		return nil
	}
	object := types.NewPkgName(token.NoPos, s.pkg, name, imported)
	s.objects[name] = object
	return object
}

func (c *cell) hasImported(name string) bool {
	for _, general := range c.imports {
		for _, spec := range general.Specs {
			spec := spec.(*ast.ImportSpec)
			if spec.Name != nil && spec.Name.Name == name {
				return true
			}
			if spec.Name == nil && path.Base(strings.Trim(spec.Path.Value, "\"`")) == name {
				return true
			}
		}
	}
	return false
}
