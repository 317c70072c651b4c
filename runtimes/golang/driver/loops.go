package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// captured are the variables of a loop's head that outlive a turn, as function literals or pointers have them.
func (l *lowering) captured(s *ast.ForStmt) (names []*ast.Ident) {
	define, is := s.Init.(*ast.AssignStmt)
	if !is || define.Tok != token.DEFINE {
		return nil
	}
	for _, left := range define.Lhs {
		name, is := left.(*ast.Ident)
		if is && l.outlives(s, l.info.Defs[name]) {
			names = append(names, name)
		}
	}
	return names
}

func (l *lowering) outlives(s ast.Stmt, variable types.Object) (found bool) {
	inLiteral := func(n ast.Node) bool {
		name, is := n.(*ast.Ident)
		found = found || is && variable != nil && l.info.Uses[name] == variable
		return !found
	}
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ast.Inspect(n, inLiteral)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				ast.Inspect(n.X, inLiteral)
			}
		}
		return !found
	})
	return found
}

// rangeTurns gives each turn of a range its own variables.
func (l *lowering) rangeTurns(s *ast.RangeStmt) ast.Stmt {
	made := l.copyOf(s).(*ast.RangeStmt)
	var inner []ast.Stmt
	for _, place := range []*ast.Expr{&made.Key, &made.Value} {
		if name, is := (*place).(*ast.Ident); is && name.Name != "_" {
			outer := &ast.Ident{NamePos: name.NamePos, Name: name.Name + temporary}
			inner = append(inner, &ast.AssignStmt{Lhs: []ast.Expr{name}, TokPos: name.NamePos, Tok: token.DEFINE, Rhs: []ast.Expr{&ast.Ident{NamePos: name.NamePos, Name: outer.Name}}})
			*place = outer
		}
	}
	made.Body.List = append(inner, made.Body.List...)
	return made
}

func (l *lowering) rangeOutlives(s *ast.RangeStmt) bool {
	for _, variable := range []ast.Expr{s.Key, s.Value} {
		if name, is := variable.(*ast.Ident); is && s.Tok == token.DEFINE && l.outlives(s, l.info.Defs[name]) {
			return true
		}
	}
	return false
}

// turns gives each turn of a loop its own variables, which begin as those of the turn before end:
//
//	{ first, i := true, 0; last := &i; for { i := *last; last = &i; if first { first = false } else { i++ }; if !(i < 3) { break }; ... } }
func (l *lowering) turns(s *ast.ForStmt, captured []*ast.Ident, label string) ast.Stmt {
	suffix := temporary + strconv.Itoa(int(s.Pos()))
	at := func(name string) *ast.Ident { return &ast.Ident{NamePos: s.Pos(), Name: name} }
	assign := func(tok token.Token, left, right ast.Expr) ast.Stmt {
		return &ast.AssignStmt{Lhs: []ast.Expr{left}, TokPos: s.Pos(), Tok: tok, Rhs: []ast.Expr{right}}
	}
	before := []ast.Stmt{assign(token.DEFINE, at("first"+suffix), at("true")), l.statement(s.Init)}
	var body []ast.Stmt
	for _, name := range captured {
		last := "last" + name.Name + suffix
		pointer := &ast.UnaryExpr{OpPos: s.Pos(), Op: token.AND, X: at(name.Name)}
		before = append(before, assign(token.DEFINE, at(last), pointer))
		body = append(body,
			assign(token.DEFINE, at(name.Name), &ast.StarExpr{Star: s.Pos(), X: at(last)}),
			assign(token.ASSIGN, at(last), &ast.UnaryExpr{OpPos: s.Pos(), Op: token.AND, X: at(name.Name)}))
	}
	step := &ast.IfStmt{If: s.Pos(), Cond: at("first" + suffix), Body: &ast.BlockStmt{Lbrace: s.Pos(), List: []ast.Stmt{assign(token.ASSIGN, at("first"+suffix), at("false"))}}}
	if s.Post != nil {
		step.Else = &ast.BlockStmt{Lbrace: s.Pos(), List: []ast.Stmt{l.statement(s.Post)}}
	}
	body = append(body, step)
	if s.Cond != nil {
		no := &ast.UnaryExpr{OpPos: s.Pos(), Op: token.NOT, X: &ast.ParenExpr{Lparen: s.Pos(), X: l.expr(s.Cond)}}
		leave := &ast.BranchStmt{TokPos: s.Pos(), Tok: token.BREAK}
		body = append(body, &ast.IfStmt{If: s.Pos(), Cond: no, Body: &ast.BlockStmt{Lbrace: s.Pos(), List: []ast.Stmt{leave}}})
	}
	body = append(body, l.statements(s.Body.List)...)
	var loop ast.Stmt = &ast.ForStmt{For: s.For, Body: &ast.BlockStmt{Lbrace: s.Body.Lbrace, List: body, Rbrace: s.Body.Rbrace}}
	if label != "" {
		loop = &ast.LabeledStmt{Label: at(label), Colon: s.Pos(), Stmt: loop}
	}
	return &ast.BlockStmt{Lbrace: s.Pos(), List: append(before, loop), Rbrace: s.End()}
}
