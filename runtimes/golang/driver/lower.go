package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
)

// The interpreter knows plain Go well, and not all of Go's finesse: here a checked cell becomes plain Go. Each
// instance of something generic becomes a function or type of its own, constant expressions their values,
// composite literals name their types, every declared name is one that stands for nothing else.
type lowering struct {
	*check
	names *nameTable
	// What of the cell takes the place of something earlier.
	replaced map[types.Object]types.Object
	env      environment
	pos      token.Pos
	emitted  []ast.Decl
	imports  []ast.Decl
	// Of the function that is being lowered.
	results *types.Tuple
	// Instances that were asked for and are not emitted yet.
	waiting []func()
}

// Unsupported is what lowering panics with where the interpreter has nothing for a construct.
type unsupported struct {
	pos  token.Pos
	text string
}

func (l *lowering) refuse(n ast.Node, format string, words ...any) {
	panic(unsupported{n.Pos(), fmt.Sprintf(format, words...)})
}

func (l *lowering) within(env environment, body func()) {
	outer, pos := l.env, l.pos
	l.env = env
	body()
	l.env, l.pos = outer, pos
}

func (l *lowering) ident(name string) *ast.Ident { return &ast.Ident{NamePos: l.pos, Name: name} }

// function gives the declaration as a plain one of this name. The receiver, if any, is of this type.
func (l *lowering) function(declaration *ast.FuncDecl, name string, receiver types.Type) *ast.FuncDecl {
	l.pos = declaration.Name.Pos()
	made := &ast.FuncDecl{Name: &ast.Ident{NamePos: l.pos, Name: name}}
	if declaration.Recv != nil {
		field := declaration.Recv.List[0]
		made.Recv = &ast.FieldList{Opening: field.Pos(), List: []*ast.Field{{Names: l.copies(field.Names), Type: l.typeExpr(receiver)}}}
	}
	made.Type = l.functionType(declaration.Type)
	if function, is := l.info.Defs[declaration.Name].(*types.Func); is && declaration.Body != nil {
		made.Body = l.bodyOf(function.Type().(*types.Signature), declaration.Body)
	}
	return made
}

func (l *lowering) bodyOf(signature *types.Signature, body *ast.BlockStmt) *ast.BlockStmt {
	outer := l.results
	defer func() { l.results = outer }()
	l.results = signature.Results()
	return l.block(body)
}

func (l *lowering) copies(names []*ast.Ident) []*ast.Ident {
	made := make([]*ast.Ident, len(names))
	for i, name := range names {
		made[i] = &ast.Ident{NamePos: name.NamePos, Name: name.Name}
	}
	return made
}

func (l *lowering) functionType(t *ast.FuncType) *ast.FuncType {
	return &ast.FuncType{Func: l.pos, Params: l.fields(t.Params), Results: l.fields(t.Results)}
}

func (l *lowering) fields(list *ast.FieldList) *ast.FieldList {
	if list == nil {
		return nil
	}
	made := &ast.FieldList{Opening: list.Opening, Closing: list.Closing}
	for _, field := range list.List {
		lowered := &ast.Field{Names: l.copies(field.Names)}
		if rest, is := field.Type.(*ast.Ellipsis); is {
			lowered.Type = &ast.Ellipsis{Ellipsis: rest.Ellipsis, Elt: l.expr(rest.Elt)}
		} else {
			lowered.Type = l.expr(field.Type)
		}
		made.List = append(made.List, lowered)
	}
	return made
}

func (l *lowering) block(b *ast.BlockStmt) *ast.BlockStmt {
	return &ast.BlockStmt{Lbrace: b.Lbrace, List: l.statements(b.List), Rbrace: b.Rbrace}
}

func (l *lowering) statements(list []ast.Stmt) []ast.Stmt {
	made := make([]ast.Stmt, 0, len(list))
	for _, each := range list {
		if lowered := l.statement(each); lowered != nil {
			made = append(made, lowered)
		}
	}
	return made
}

var (
	comments = reflect.TypeOf((*ast.CommentGroup)(nil))
	anyNode  = reflect.TypeOf((*ast.Node)(nil)).Elem()
)

// copyOf gives a node whose parts are lowered, and which is otherwise the same.
func (l *lowering) copyOf(n ast.Node) ast.Node {
	original := reflect.ValueOf(n).Elem()
	made := reflect.New(original.Type())
	for i := 0; i < original.NumField(); i++ {
		if made.Elem().Field(i).CanSet() {
			made.Elem().Field(i).Set(l.part(original.Field(i)))
		}
	}
	return made.Interface().(ast.Node)
}

func (l *lowering) part(field reflect.Value) reflect.Value {
	t := field.Type()
	switch {
	case t == comments || t.Kind() == reflect.Pointer && !t.Implements(anyNode):
		return reflect.Zero(t)
	case t.Kind() == reflect.Slice && t.Elem().Implements(anyNode):
		made := reflect.MakeSlice(t, 0, field.Len())
		for i := 0; i < field.Len(); i++ {
			if lowered := l.part(field.Index(i)); !lowered.IsNil() {
				made = reflect.Append(made, lowered)
			}
		}
		return made
	case !t.Implements(anyNode) || field.IsNil():
		return field
	}
	var lowered any
	switch node := field.Interface().(type) {
	case *ast.BlockStmt:
		lowered = l.block(node)
	case *ast.FuncType:
		lowered = l.functionType(node)
	case ast.Expr:
		lowered = l.expr(node)
	case ast.Stmt:
		lowered = l.statement(node)
	case ast.Node:
		lowered = l.copyOf(node)
	}
	if lowered == nil || reflect.ValueOf(lowered).IsNil() {
		return reflect.Zero(t)
	}
	value := reflect.ValueOf(lowered)
	if !value.Type().AssignableTo(t) {
		l.refuse(field.Interface().(ast.Node), "this is more than the interpreter can do here")
	}
	return value
}
