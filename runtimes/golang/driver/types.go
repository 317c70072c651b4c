package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode"
)

// typeExpr writes a type without type parameters as code, with the names that the interpreter has for it.
func (l *lowering) typeExpr(t types.Type) ast.Expr {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return l.basic(t)
	case *types.Pointer:
		return &ast.StarExpr{Star: l.pos, X: l.typeExpr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Lbrack: l.pos, Elt: l.typeExpr(t.Elem())}
	case *types.Array:
		size := &ast.BasicLit{ValuePos: l.pos, Kind: token.INT, Value: strconv.FormatInt(t.Len(), 10)}
		return &ast.ArrayType{Lbrack: l.pos, Len: size, Elt: l.typeExpr(t.Elem())}
	case *types.Map:
		return &ast.MapType{Map: l.pos, Key: l.typeExpr(t.Key()), Value: l.typeExpr(t.Elem())}
	case *types.Chan:
		return l.channel(t)
	case *types.Signature:
		return l.signature(t)
	case *types.Struct:
		return l.structure(t)
	case *types.Interface:
		return l.iface(t)
	case *types.Named:
		return l.named(t)
	}
	panic(unsupported{l.pos, "the interpreter knows no type " + t.String()})
}

func (l *lowering) basic(t *types.Basic) ast.Expr {
	if t.Kind() == types.UnsafePointer {
		return &ast.SelectorExpr{X: l.packageName("unsafe"), Sel: l.ident("Pointer")}
	}
	return l.ident(types.Default(t).String())
}

func (l *lowering) channel(t *types.Chan) ast.Expr {
	direction := map[types.ChanDir]ast.ChanDir{types.SendRecv: ast.SEND | ast.RECV, types.SendOnly: ast.SEND, types.RecvOnly: ast.RECV}
	return &ast.ChanType{Begin: l.pos, Dir: direction[t.Dir()], Value: l.typeExpr(t.Elem())}
}

func (l *lowering) signature(t *types.Signature) *ast.FuncType {
	made := &ast.FuncType{Func: l.pos, Params: l.parameters(t.Params())}
	if t.Results().Len() > 0 {
		made.Results = l.parameters(t.Results())
	}
	if t.Variadic() {
		last := made.Params.List[t.Params().Len()-1]
		elem := t.Params().At(t.Params().Len() - 1).Type().(*types.Slice).Elem()
		last.Type = &ast.Ellipsis{Ellipsis: l.pos, Elt: l.typeExpr(elem)}
	}
	return made
}

func (l *lowering) parameters(t *types.Tuple) *ast.FieldList {
	list := &ast.FieldList{Opening: l.pos}
	for i := 0; i < t.Len(); i++ {
		list.List = append(list.List, &ast.Field{Type: l.typeExpr(t.At(i).Type())})
	}
	return list
}

func (l *lowering) structure(t *types.Struct) ast.Expr {
	list := &ast.FieldList{Opening: l.pos}
	for i := 0; i < t.NumFields(); i++ {
		f := t.Field(i)
		field := &ast.Field{Type: l.typeExpr(f.Type())}
		if !f.Embedded() {
			field.Names = []*ast.Ident{l.ident(f.Name())}
		}
		if tag := t.Tag(i); tag != "" {
			field.Tag = &ast.BasicLit{ValuePos: l.pos, Kind: token.STRING, Value: strconv.Quote(tag)}
		}
		list.List = append(list.List, field)
	}
	return &ast.StructType{Struct: l.pos, Fields: list}
}

func (l *lowering) iface(t *types.Interface) ast.Expr {
	list := &ast.FieldList{Opening: l.pos}
	for i := 0; i < t.NumMethods(); i++ {
		m := t.Method(i)
		field := &ast.Field{Names: []*ast.Ident{l.ident(m.Name())}, Type: l.signature(m.Type().(*types.Signature))}
		list.List = append(list.List, field)
	}
	return &ast.InterfaceType{Interface: l.pos, Methods: list}
}

func (l *lowering) named(t *types.Named) ast.Expr {
	object := t.Obj()
	switch {
	case object.Pkg() == nil:
		return l.ident(object.Name())
	case !l.isOurs(object.Pkg()):
		if t.TypeArgs().Len() > 0 {
			panic(unsupported{l.pos, "the interpreter has no generic types of the library, such as " + t.String()})
		}
		return &ast.SelectorExpr{X: l.packageName(object.Pkg().Path()), Sel: l.ident(object.Name())}
	case object.Parent() != nil && !l.isTopLevel(object):
		return l.ident(object.Name())
	case t.TypeArgs().Len() > 0:
		return l.ident(l.typeInstance(t))
	}
	return l.ident(l.demand(object))
}

// isOurs tells packages whose code the interpreter runs from those that are compiled into it.
func (l *lowering) isOurs(pkg *types.Package) bool {
	return pkg == l.pkg || l.library.sources[pkg.Path()] == pkg
}

func (l *lowering) isTopLevel(object types.Object) bool {
	return l.names.known(object) || object.Parent() == l.scope || object.Parent() == object.Pkg().Scope()
}

func (l *lowering) packageName(path string) ast.Expr {
	if !l.names.imported[path] {
		l.names.imported[path] = true
		spec := &ast.ImportSpec{
			Name: l.ident(path + temporary),
			Path: &ast.BasicLit{ValuePos: l.pos, Kind: token.STRING, Value: strconv.Quote(path)},
		}
		l.imports = append(l.imports, &ast.GenDecl{TokPos: l.pos, Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	return l.ident(path + temporary)
}

// A nameTable says under which name the interpreter knows what. Something that is declared anew, and cannot
// take the place of what it replaces, gets another name.
type nameTable struct {
	objects   map[types.Object]string
	used      map[string]bool
	imported  map[string]bool
	instances map[string]bool
}

func newNameTable() *nameTable {
	return &nameTable{map[types.Object]string{}, map[string]bool{"main": true, "init": true}, map[string]bool{}, map[string]bool{}}
}

func (t *nameTable) known(object types.Object) bool { return t.objects[object] != "" }

func (t *nameTable) of(object types.Object) string {
	if name := t.objects[object]; name != "" {
		return name
	}
	name := object.Name()
	if object.Pkg() != nil && object.Pkg().Path() != "main" {
		name = mangle(object.Pkg().Path()) + "ʹ" + name
	}
	base := name
	for version := 2; t.used[name] || types.Universe.Lookup(name) != nil; version++ {
		name = base + "ʹ" + strconv.Itoa(version)
	}
	t.objects[object], t.used[name] = name, true
	return name
}

// mangle makes an identifier of a type's text.
func mangle(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return r
		}
		// Letters, all of them, that nobody writes.
		switch r {
		case '[':
			return 'ʻ'
		case ']':
			return 'ʼ'
		case '*':
			return 'ˣ'
		case '.':
			return 'ˑ'
		case '/':
			return 'ˊ'
		}
		return 'ˌ'
	}, text)
}
