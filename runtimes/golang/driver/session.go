package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"unsafe"
)

// A session is all that cells have declared, as Go's own type checker sees it. Cells are checked one after
// the other as if each was the only file of package main, in a scope that hides those of earlier cells.
type session struct {
	fset *token.FileSet
	pkg  *types.Package
	// What a name stands for now: variables, constants, functions, types, imports.
	objects map[string]types.Object
	// Functions, types and constants by name, methods as TYPE.METHOD: what to check again where something
	// changes that they use.
	declared map[string]*declaration
	// The same, as they came.
	order   []*declaration
	info    *types.Info
	library *library
	// What no longer compiles since something else was declared anew, and why.
	broken map[string]string
	names  *nameTable
	// Functions and methods by the position of their name.
	bodies map[token.Pos]*ast.FuncDecl
	// What of a generic type the interpreter has.
	instances map[types.Object][]*types.Named
}

// The newest language that the interpreter understands.
const languageVersion = "go1.22"

// newSession takes the file set of the interpreter.
func newSession(fset *token.FileSet) *session {
	s := &session{
		fset:      fset,
		pkg:       types.NewPackage("main", "main"),
		objects:   map[string]types.Object{},
		declared:  map[string]*declaration{},
		broken:    map[string]string{},
		names:     newNameTable(),
		bodies:    map[token.Pos]*ast.FuncDecl{},
		instances: map[types.Object][]*types.Named{},
		info: &types.Info{
			Types:      map[ast.Expr]types.TypeAndValue{},
			Instances:  map[*ast.Ident]types.Instance{},
			Defs:       map[*ast.Ident]types.Object{},
			Uses:       map[*ast.Ident]types.Object{},
			Implicits:  map[ast.Node]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{},
			Scopes:     map[ast.Node]*types.Scope{},
		},
	}
	s.library = newLibrary()
	s.library.session = s
	return s
}

// A check is what the type checker made of one cell.
type check struct {
	*session
	cell *cell
	// Of this cell, and of earlier ones that are to be compiled again.
	declarations []ast.Decl
	// The function that runs the cell's statements.
	body  *ast.FuncDecl
	scope *types.Scope
	// Methods of earlier types that have another type now, as TYPE.METHOD.
	changedMethods []string
}

const runner = "run" + temporary

// check gives the cell's names and types to the session's info; the session itself does not change.
func (s *session) check(c *cell, again []ast.Decl) (*check, []problem) {
	made := &check{session: s, cell: c, declarations: append(again, c.declarations...)}
	made.body = made.runnerOf(c.steps)
	file := &ast.File{Name: ast.NewIdent("main"), Decls: made.file()}
	// The first pass knows what methods there are, the second one looks into bodies, which may call them.
	if made.declaresMethods() {
		if problems := made.pass(file, true); len(problems) > 0 {
			return made, problems
		}
		made.attachMethods()
	}
	for _, each := range made.declarations {
		if function, is := each.(*ast.FuncDecl); is {
			s.bodies[function.Name.Pos()] = function
		}
	}
	return made, made.pass(file, false)
}

func (k *check) file() []ast.Decl {
	var list []ast.Decl
	for _, each := range k.cell.imports {
		list = append(list, each)
	}
	list = append(list, k.declarations...)
	for _, each := range k.cell.steps {
		if each.variables != nil {
			list = append(list, &ast.GenDecl{TokPos: each.variables.Pos(), Tok: token.VAR, Specs: []ast.Spec{each.variables}})
		}
	}
	return append(list, k.body)
}

func (k *check) runnerOf(steps []step) *ast.FuncDecl {
	body := &ast.BlockStmt{}
	for _, each := range steps {
		if each.statement != nil && each.variables == nil {
			body.List = append(body.List, each.statement)
		}
	}
	if len(body.List) > 0 {
		body.Lbrace, body.Rbrace = body.List[0].Pos(), body.List[len(body.List)-1].End()
	}
	return &ast.FuncDecl{Name: &ast.Ident{Name: runner, NamePos: body.Lbrace}, Type: &ast.FuncType{Func: body.Lbrace, Params: &ast.FieldList{}}, Body: body}
}

func (k *check) pass(file *ast.File, withoutBodies bool) (problems []problem) {
	k.library.importUsed(k.session, k.cell, file)
	k.scope = k.enterScope()
	k.info.InitOrder = nil
	configuration := &types.Config{
		GoVersion:        languageVersion,
		Importer:         k.library,
		IgnoreFuncBodies: withoutBodies,
		Error: func(err error) {
			if found, is := err.(types.Error); is && !isTolerable(found) {
				problems = append(problems, problem{k.fset.Position(found.Pos), k.explain(found.Msg), found.Pos})
			}
		},
	}
	types.NewChecker(configuration, k.fset, k.pkg, k.info).Files([]*ast.File{file})
	return problems
}

// enterScope gives the package an empty scope, below that of what earlier cells have declared: names may be
// declared again, and methods belong to the types of all cells.
func (s *session) enterScope() *types.Scope {
	earlier := types.NewScope(types.Universe, token.NoPos, token.NoPos, "earlier cells")
	for _, object := range s.objects {
		earlier.Insert(object)
	}
	scope := types.NewScope(earlier, token.NoPos, token.NoPos, "cell")
	setScope(reflect.ValueOf(s.pkg), "scope", scope)
	for _, object := range s.objects {
		// A type that is not of the package's own scope is taken for a function's.
		if name, is := object.(*types.TypeName); is && name.Pkg() == s.pkg {
			setScope(reflect.ValueOf(name), "parent", scope)
		}
	}
	return scope
}

// setScope writes a field that the type checker keeps to itself.
func setScope(of reflect.Value, name string, scope *types.Scope) {
	field := of.Elem().FieldByName(name)
	*(**types.Scope)(unsafe.Pointer(field.UnsafeAddr())) = scope
}

// isTolerable knows mistakes that are none while one tries things out.
func isTolerable(err types.Error) bool {
	return strings.Contains(err.Msg, "and not used") || strings.HasSuffix(err.Msg, "is not used") || strings.HasPrefix(err.Msg, "initialization cycle") ||
		strings.HasPrefix(err.Msg, "\t")
}

func (s *session) explain(text string) string {
	text = strings.ReplaceAll(text, earlierOne, "")
	name, isUndefined := strings.CutPrefix(text, "undefined: ")
	if why := s.broken[name]; isUndefined && why != "" {
		return fmt.Sprintf("%s no longer compiles: %s", name, why)
	}
	return text
}

// text is the source of a declaration, to tell whether two are the same.
func (s *session) text(node ast.Decl) string {
	var text strings.Builder
	format.Node(&text, token.NewFileSet(), node)
	return text.String()
}

func (k *check) declaresMethods() bool {
	for _, each := range k.declarations {
		if function, is := each.(*ast.FuncDecl); is && function.Recv != nil {
			return true
		}
	}
	return false
}

// attachMethods adds those of types of earlier cells; for types of this cell the checker does it.
func (k *check) attachMethods() {
	for _, each := range k.declarations {
		function, is := each.(*ast.FuncDecl)
		if !is || function.Recv == nil {
			continue
		}
		method, _ := k.info.Defs[function.Name].(*types.Func)
		if method == nil {
			continue
		}
		named := receiverOf(method)
		if named == nil || k.scope.Lookup(named.Obj().Name()) != nil {
			continue
		}
		k.attach(named, method)
	}
}

// attach adds the method, or makes the one of that name the new one: the type checker itself has no way for that.
func (k *check) attach(named *types.Named, method *types.Func) {
	for i := 0; i < named.NumMethods(); i++ {
		before := named.Method(i)
		if before.Name() != method.Name() {
			continue
		}
		if !types.Identical(withoutReceiver(before), withoutReceiver(method)) {
			k.changedMethods = append(k.changedMethods, named.Obj().Name()+"."+method.Name())
		}
		fields, now := reflect.ValueOf(before).Elem().FieldByName("object"), reflect.ValueOf(method).Elem().FieldByName("object")
		for _, name := range []string{"typ", "pos"} {
			to, from := fields.FieldByName(name), now.FieldByName(name)
			reflect.NewAt(to.Type(), unsafe.Pointer(to.UnsafeAddr())).Elem().Set(reflect.NewAt(from.Type(), unsafe.Pointer(from.UnsafeAddr())).Elem())
		}
		return
	}
	named.AddMethod(method)
}

func withoutReceiver(method *types.Func) *types.Signature {
	signature := method.Type().(*types.Signature)
	return types.NewSignatureType(nil, nil, nil, signature.Params(), signature.Results(), signature.Variadic())
}

func receiverOf(method *types.Func) *types.Named {
	receiver := method.Type().(*types.Signature).Recv()
	if receiver == nil {
		return nil
	}
	typ := receiver.Type()
	if pointer, is := typ.(*types.Pointer); is {
		typ = pointer.Elem()
	}
	named, _ := typ.(*types.Named)
	if named != nil {
		named = named.Origin()
	}
	return named
}
