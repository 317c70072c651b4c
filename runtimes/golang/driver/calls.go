package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

func (l *lowering) call(e *ast.CallExpr) ast.Expr {
	made := &ast.CallExpr{Lparen: e.Lparen, Ellipsis: e.Ellipsis, Rparen: e.Rparen}
	if name, is := ast.Unparen(e.Fun).(*ast.Ident); is {
		if builtin, is := l.info.Uses[name].(*types.Builtin); is {
			made.Fun = l.builtin(builtin.Name(), e)
		}
	}
	if made.Fun == nil {
		made.Fun = l.ofErrors(e)
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
	if l.waitsForProgram(e) {
		return l.settled(made, l.info.Types[e].Type)
	}
	return made
}

// waitsForProgram knows calls that come back when a program has ended: of an interrupt, which has reached it as well as us.
func (l *lowering) waitsForProgram(e *ast.CallExpr) bool {
	selector, is := e.Fun.(*ast.SelectorExpr)
	if !is {
		return false
	}
	function, is := l.info.Uses[selector.Sel].(*types.Func)
	if !is || function.Pkg() == nil || function.Pkg().Path() != "os/exec" && function.Pkg().Path() != "os" {
		return false
	}
	return map[string]bool{"Run": true, "Wait": true, "Output": true, "CombinedOutput": true}[function.Name()]
}

// settled lets the driver have the interrupt, if there is one, before the call's results are seen.
func (l *lowering) settled(call *ast.CallExpr, results types.Type) ast.Expr {
	tuple, is := results.(*types.Tuple)
	if !is {
		tuple = types.NewTuple(types.NewVar(l.pos, nil, "", results))
	}
	var left, right []ast.Expr
	for i := 0; i < tuple.Len(); i++ {
		name := "result" + temporary + strconv.Itoa(i)
		left, right = append(left, l.ident(name)), append(right, l.ident(name))
	}
	body := []ast.Stmt{
		&ast.AssignStmt{Lhs: left, TokPos: l.pos, Tok: token.DEFINE, Rhs: []ast.Expr{call}},
		&ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Settle"), Lparen: l.pos}},
		&ast.ReturnStmt{Return: l.pos, Results: right},
	}
	typ := &ast.FuncType{Func: l.pos, Params: &ast.FieldList{Opening: l.pos}, Results: l.parameters(tuple)}
	return &ast.CallExpr{Fun: &ast.FuncLit{Type: typ, Body: &ast.BlockStmt{Lbrace: l.pos, List: body, Rbrace: l.pos}}, Lparen: l.pos}
}

// conversion to an interface is what happens to arguments; by itself the interpreter forgets to wrap the value.
func (l *lowering) conversion(e *ast.CallExpr, typ ast.Expr) ast.Expr {
	if !types.IsInterface(l.env.substitute(l.info.Types[e.Fun].Type)) {
		return &ast.ParenExpr{Lparen: l.pos, X: typ}
	}
	return l.holder(l.info.Types[e.Fun].Type)
}

// holder is a function that takes a value as an interface, and gives it back.
func (l *lowering) holder(t types.Type) ast.Expr {
	t = l.env.substitute(t)
	value := "value" + temporary
	parameters := &ast.FieldList{Opening: l.pos, List: []*ast.Field{{Names: []*ast.Ident{l.ident(value)}, Type: l.typeExpr(t)}}}
	results := &ast.FieldList{Opening: l.pos, List: []*ast.Field{{Type: l.typeExpr(t)}}}
	body := &ast.BlockStmt{Lbrace: l.pos, List: []ast.Stmt{&ast.ReturnStmt{Return: l.pos, Results: []ast.Expr{l.ident(value)}}}}
	return &ast.FuncLit{Type: &ast.FuncType{Func: l.pos, Params: parameters, Results: results}, Body: body}
}

// ofErrors serves errors of the user's own types; nil: this is another call.
func (l *lowering) ofErrors(e *ast.CallExpr) ast.Expr {
	selector, is := e.Fun.(*ast.SelectorExpr)
	if !is || len(e.Args) != 2 {
		return nil
	}
	function, is := l.info.Uses[selector.Sel].(*types.Func)
	if is && function.FullName() == "errors.Is" {
		return l.ours("IsError")
	}
	if !is || function.FullName() != "errors.As" {
		return nil
	}
	pointer, is := l.env.substitute(l.info.Types[e.Args[1]].Type).(*types.Pointer)
	if !is || !types.Implements(pointer.Elem(), types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return nil
	}
	return l.ident(l.functionInstance(l.library.prelude(l.session, "as"), []types.Type{pointer.Elem()}))
}

// comparison of errors; nil: it is another one.
func (l *lowering) comparison(e *ast.BinaryExpr) ast.Expr {
	if e.Op != token.EQL && e.Op != token.NEQ || !l.isError(e.X) || !l.isError(e.Y) {
		return nil
	}
	same := &ast.CallExpr{Fun: l.ours("SameError"), Lparen: e.OpPos, Args: []ast.Expr{l.expr(e.X), l.expr(e.Y)}}
	if e.Op == token.EQL {
		return same
	}
	return &ast.UnaryExpr{OpPos: e.OpPos, Op: token.NOT, X: same}
}

func (l *lowering) isError(e ast.Expr) bool {
	value := l.info.Types[e]
	return !value.IsNil() && value.Type != nil && types.Identical(value.Type, types.Universe.Lookup("error").Type())
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
