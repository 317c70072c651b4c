package main

import (
	"go/ast"
	"go/types"
)

func (l *lowering) call(e *ast.CallExpr) ast.Expr {
	made := &ast.CallExpr{Lparen: e.Lparen, Ellipsis: e.Ellipsis, Rparen: e.Rparen}
	if name, is := ast.Unparen(e.Fun).(*ast.Ident); is {
		if builtin, is := l.info.Uses[name].(*types.Builtin); is {
			made.Fun = l.builtin(builtin.Name(), e)
		}
	}
	if made.Fun == nil {
		made.Fun = l.errorsAs(e)
	}
	if made.Fun == nil {
		made.Fun = l.expr(e.Fun)
	}
	if l.info.Types[e.Fun].IsType() {
		made.Fun = l.conversion(e, made.Fun)
	}
	for _, argument := range e.Args {
		made.Args = append(made.Args, l.expr(argument))
	}
	return made
}

// conversion to an interface is what happens to arguments; by itself the interpreter forgets to wrap the value.
func (l *lowering) conversion(e *ast.CallExpr, typ ast.Expr) ast.Expr {
	if !types.IsInterface(l.env.substitute(l.info.Types[e.Fun].Type)) {
		return &ast.ParenExpr{Lparen: l.pos, X: typ}
	}
	again := l.typeExpr(l.env.substitute(l.info.Types[e.Fun].Type))
	value := "value" + temporary
	parameters := &ast.FieldList{Opening: l.pos, List: []*ast.Field{{Names: []*ast.Ident{l.ident(value)}, Type: typ}}}
	results := &ast.FieldList{Opening: l.pos, List: []*ast.Field{{Type: again}}}
	body := &ast.BlockStmt{Lbrace: l.pos, List: []ast.Stmt{&ast.ReturnStmt{Return: l.pos, Results: []ast.Expr{l.ident(value)}}}}
	return &ast.FuncLit{Type: &ast.FuncType{Func: l.pos, Params: parameters, Results: results}, Body: body}
}

// errorsAs serves targets of the user's own types; nil: this is another call.
func (l *lowering) errorsAs(e *ast.CallExpr) ast.Expr {
	selector, is := e.Fun.(*ast.SelectorExpr)
	if !is || len(e.Args) != 2 {
		return nil
	}
	function, is := l.info.Uses[selector.Sel].(*types.Func)
	if !is || function.FullName() != "errors.As" {
		return nil
	}
	pointer, is := l.env.substitute(l.info.Types[e.Args[1]].Type).(*types.Pointer)
	if !is || !types.Implements(pointer.Elem(), types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return nil
	}
	return l.ident(l.functionInstance(l.library.prelude(l.session, "as"), []types.Type{pointer.Elem()}))
}

// builtin gives what stands in for those that the interpreter does not have, or has otherwise.
func (l *lowering) builtin(name string, e *ast.CallExpr) ast.Expr {
	switch name {
	case "min", "max":
		return l.ident(l.functionInstance(l.library.prelude(l.session, name), []types.Type{l.env.substitute(l.info.Types[e].Type)}))
	case "clear":
		argument := l.env.substitute(l.info.Types[e.Args[0]].Type)
		switch t := argument.Underlying().(type) {
		case *types.Map:
			return l.ident(l.functionInstance(l.library.prelude(l.session, "clearMap"), []types.Type{t.Key(), t.Elem()}))
		case *types.Slice:
			return l.ident(l.functionInstance(l.library.prelude(l.session, "clearSlice"), []types.Type{t.Elem()}))
		}
	case "print", "println":
		return l.ours(map[string]string{"print": "Print", "println": "Println"}[name])
	}
	return l.ident(name)
}

// ours names a function of the driver.
func (l *lowering) ours(name string) ast.Expr {
	return &ast.SelectorExpr{X: l.packageName("krunner"), Sel: l.ident(name)}
}
