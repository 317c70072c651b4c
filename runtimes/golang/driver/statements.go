package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

func (l *lowering) statement(s ast.Stmt) ast.Stmt {
	if s == nil {
		return nil
	}
	l.pos = s.Pos()
	switch s := s.(type) {
	case *ast.BlockStmt:
		return l.block(s)
	case *ast.RangeStmt:
		if basic, is := l.env.substitute(l.info.Types[s.X].Type).Underlying().(*types.Basic); is && basic.Info()&types.IsInteger != 0 {
			return l.rangeOverInteger(s, basic)
		}
		if l.rangeOutlives(s) {
			return l.rangeTurns(s)
		}
	case *ast.ForStmt:
		if captured := l.captured(s); len(captured) > 0 {
			return l.turns(s, captured, "")
		}
	case *ast.DeclStmt:
		return l.local(s)
	case *ast.SelectStmt:
		if len(s.Body.List) == 0 {
			return &ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Block"), Lparen: l.pos}}
		}
	case *ast.ExprStmt:
		return l.evaluate(s)
	case *ast.ReturnStmt:
		if l.results != nil && l.results.Len() == len(s.Results) {
			return l.returns(s)
		}
	case *ast.AssignStmt:
		if s.Tok == token.ASSIGN && len(s.Lhs) == len(s.Rhs) {
			return l.assigns(s)
		}
	case *ast.SwitchStmt:
		if s.Tag != nil && l.isError(s.Tag) {
			return l.switchOfError(s)
		}
		if s.Tag == nil {
			return l.switchOfConditions(s)
		}
	case *ast.LabeledStmt:
		return l.labeled(s)
	}
	return l.copyOf(s).(ast.Stmt)
}

// evaluate keeps values that nobody uses, which are mistakes elsewhere.
func (l *lowering) evaluate(s *ast.ExprStmt) ast.Stmt {
	switch inner := ast.Unparen(s.X).(type) {
	case *ast.CallExpr:
		if name, is := inner.Fun.(*ast.Ident); is && l.info.Uses[name] == types.Universe.Lookup("panic") && l.info.Types[inner.Args[0]].Value == nil && !l.info.Types[inner.Args[0]].IsNil() {
			return l.panics(inner)
		}
		if !l.info.Types[inner.Fun].IsType() && l.info.Types[inner].Value == nil {
			return &ast.ExprStmt{X: l.expr(inner)}
		}
	case *ast.UnaryExpr:
		if inner.Op == token.ARROW {
			return &ast.ExprStmt{X: l.expr(inner)}
		}
	}
	if value := l.info.Types[s.X]; value.IsNil() {
		return nil
	}
	return &ast.AssignStmt{Lhs: []ast.Expr{l.ident("_")}, TokPos: l.pos, Tok: token.ASSIGN, Rhs: []ast.Expr{l.expr(s.X)}}
}

// panics hands the value to the driver first, which can ask it for its text.
func (l *lowering) panics(e *ast.CallExpr) ast.Stmt {
	value := l.ident("value" + temporary + strconv.Itoa(int(e.Pos())))
	define := &ast.AssignStmt{Lhs: []ast.Expr{value}, TokPos: e.Pos(), Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(e.Args[0])}}
	l.pos = e.Pos()
	tell := &ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Panicking"), Lparen: e.Lparen, Args: []ast.Expr{l.ident(value.Name)}}}
	panics := &ast.ExprStmt{X: &ast.CallExpr{Fun: l.ident("panic"), Lparen: e.Lparen, Args: []ast.Expr{l.ident(value.Name)}}}
	return &ast.BlockStmt{Lbrace: e.Pos(), List: []ast.Stmt{define, tell, panics}, Rbrace: e.End()}
}

// switchOfError compares as comparison does.
func (l *lowering) switchOfError(s *ast.SwitchStmt) ast.Stmt {
	tag := "tag" + temporary + strconv.Itoa(int(s.Pos()))
	define := &ast.AssignStmt{Lhs: []ast.Expr{l.ident(tag)}, TokPos: s.Pos(), Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(s.Tag)}}
	made := &ast.SwitchStmt{Switch: s.Switch, Body: &ast.BlockStmt{Lbrace: s.Body.Lbrace, Rbrace: s.Body.Rbrace}}
	for _, each := range s.Body.List {
		clause := each.(*ast.CaseClause)
		lowered := &ast.CaseClause{Case: clause.Case, Colon: clause.Colon, Body: l.statements(clause.Body)}
		for _, value := range clause.List {
			l.pos = value.Pos()
			var same ast.Expr = &ast.CallExpr{Fun: l.ours("SameError"), Lparen: l.pos, Args: []ast.Expr{l.ident(tag), l.expr(value)}}
			if l.info.Types[value].IsNil() {
				same = &ast.BinaryExpr{X: l.ident(tag), OpPos: l.pos, Op: token.EQL, Y: l.ident("nil")}
			}
			lowered.List = either(lowered.List, same)
		}
		made.Body.List = append(made.Body.List, lowered)
	}
	block := &ast.BlockStmt{Lbrace: s.Pos(), Rbrace: s.End()}
	if s.Init != nil {
		block.List = append(block.List, l.statement(s.Init))
	}
	block.List = append(block.List, define, made)
	return block
}

func (l *lowering) returns(s *ast.ReturnStmt) ast.Stmt {
	made := &ast.ReturnStmt{Return: s.Return}
	for i, each := range s.Results {
		made.Results = append(made.Results, l.into(l.results.At(i).Type(), each))
	}
	return made
}

func (l *lowering) assigns(s *ast.AssignStmt) ast.Stmt {
	made := &ast.AssignStmt{TokPos: s.TokPos, Tok: s.Tok}
	for i := range s.Lhs {
		made.Lhs = append(made.Lhs, l.expr(s.Lhs[i]))
		made.Rhs = append(made.Rhs, l.into(l.typeOf(s.Lhs[i]), s.Rhs[i]))
	}
	return made
}

// into is a value where one of this type is wanted: in an empty interface a value of the user's own types keeps its
// type only where it has been an argument.
func (l *lowering) into(wanted types.Type, e ast.Expr) ast.Expr {
	lowered := l.expr(e)
	if wanted == nil || l.info.Types[e].Type == nil {
		return lowered
	}
	empty, is := l.env.substitute(wanted).Underlying().(*types.Interface)
	if !is || empty.NumMethods() > 0 || !l.isOwnType(l.env.substitute(l.info.Types[e].Type)) {
		return lowered
	}
	l.pos = e.Pos()
	held := &ast.CallExpr{Fun: l.holder(wanted), Lparen: l.pos, Args: []ast.Expr{lowered}}
	return held
}

// isOwnType knows types that cells declare, and pointers to them.
func (l *lowering) isOwnType(t types.Type) bool {
	if pointer, is := types.Unalias(t).(*types.Pointer); is {
		t = pointer.Elem()
	}
	named, is := types.Unalias(t).(*types.Named)
	return is && !types.IsInterface(named) && named.Obj().Pkg() != nil && l.isOurs(named.Obj().Pkg())
}

func (l *lowering) switchOfConditions(s *ast.SwitchStmt) ast.Stmt {
	made := l.copyOf(s).(*ast.SwitchStmt)
	for _, each := range made.Body.List {
		clause := each.(*ast.CaseClause)
		var list []ast.Expr
		for _, condition := range clause.List {
			list = either(list, condition)
		}
		clause.List = list
	}
	return made
}

// either makes one condition of several, of which the interpreter sees the first only.
func either(list []ast.Expr, condition ast.Expr) []ast.Expr {
	if len(list) == 0 {
		return []ast.Expr{condition}
	}
	return []ast.Expr{&ast.BinaryExpr{X: list[0], OpPos: condition.Pos(), Op: token.LOR, Y: condition}}
}

// local leaves out constants, whose values stand where they are used.
func (l *lowering) local(s *ast.DeclStmt) ast.Stmt {
	general := s.Decl.(*ast.GenDecl)
	switch general.Tok {
	case token.CONST:
		return nil
	case token.TYPE:
		made := &ast.GenDecl{TokPos: general.TokPos, Tok: token.TYPE}
		for _, spec := range general.Specs {
			spec := spec.(*ast.TypeSpec)
			object, is := l.info.Defs[spec.Name].(*types.TypeName)
			if !is || object.IsAlias() {
				continue
			}
			underlying := l.typeExpr(l.env.substitute(object.Type().Underlying()))
			made.Specs = append(made.Specs, &ast.TypeSpec{Name: l.ident(spec.Name.Name), Type: underlying})
		}
		if len(made.Specs) == 0 {
			return nil
		}
		return &ast.DeclStmt{Decl: made}
	}
	return l.copyOf(s).(ast.Stmt)
}

func (l *lowering) labeled(s *ast.LabeledStmt) ast.Stmt {
	label := &ast.Ident{NamePos: s.Label.NamePos, Name: s.Label.Name}
	if loop, is := s.Stmt.(*ast.ForStmt); is {
		if captured := l.captured(loop); len(captured) > 0 {
			return l.turns(loop, captured, label.Name)
		}
	}
	lowered := l.statement(s.Stmt)
	if lowered == nil {
		lowered = &ast.EmptyStmt{Semicolon: s.Colon}
	}
	return &ast.LabeledStmt{Label: label, Colon: s.Colon, Stmt: lowered}
}

// rangeOverInteger counts, and gives each turn a variable of its own.
func (l *lowering) rangeOverInteger(s *ast.RangeStmt, basic *types.Basic) ast.Stmt {
	suffix := temporary + strconv.Itoa(int(s.Pos()))
	count, limit := l.ident("i"+suffix), l.ident("n"+suffix)
	var typ types.Type = basic
	if s.Key != nil && !isBlank(s.Key) {
		typ = l.typeOf(s.Key)
	} else if !isTyped(basic) {
		typ = types.Typ[types.Int]
	}
	convert := func(x ast.Expr) ast.Expr {
		return &ast.CallExpr{Fun: &ast.ParenExpr{Lparen: l.pos, X: l.typeExpr(typ)}, Lparen: l.pos, Args: []ast.Expr{x}}
	}
	zero := &ast.BasicLit{ValuePos: l.pos, Kind: token.INT, Value: "0"}
	made := &ast.ForStmt{
		For:  s.For,
		Init: &ast.AssignStmt{Lhs: []ast.Expr{count, limit}, TokPos: s.For, Tok: token.DEFINE, Rhs: []ast.Expr{convert(zero), convert(l.expr(s.X))}},
		Cond: &ast.BinaryExpr{X: count, OpPos: s.For, Op: token.LSS, Y: limit},
		Post: &ast.IncDecStmt{X: count, TokPos: s.For, Tok: token.INC},
		Body: l.block(s.Body),
	}
	if s.Key != nil && !isBlank(s.Key) {
		turn := &ast.AssignStmt{Lhs: []ast.Expr{l.expr(s.Key)}, TokPos: s.For, Tok: s.Tok, Rhs: []ast.Expr{count}}
		made.Body.List = append([]ast.Stmt{turn}, made.Body.List...)
	}
	return made
}

func (l *lowering) typeOf(e ast.Expr) types.Type {
	if name, is := e.(*ast.Ident); is {
		if object := l.info.Defs[name]; object != nil {
			return l.env.substitute(object.Type())
		}
	}
	return l.env.substitute(l.info.Types[e].Type)
}

func isTyped(t *types.Basic) bool { return t.Info()&types.IsUntyped == 0 }

func isBlank(e ast.Expr) bool {
	name, is := e.(*ast.Ident)
	return is && name.Name == "_"
}
