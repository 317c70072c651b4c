package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

func (l *lowering) expr(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	l.pos = e.Pos()
	value := l.info.Types[e]
	switch {
	case value.IsType():
		return l.typeExpr(l.env.substitute(value.Type))
	case value.Value != nil:
		return l.constant(e, value)
	}
	switch e := e.(type) {
	case *ast.Ident:
		return l.name(e)
	case *ast.SelectorExpr:
		return l.selector(e)
	case *ast.IndexExpr:
		if instance := l.explicitInstance(e.X); instance != nil {
			return instance
		}
	case *ast.IndexListExpr:
		if instance := l.explicitInstance(e.X); instance != nil {
			return instance
		}
	case *ast.BinaryExpr:
		if same := l.comparison(e); same != nil {
			return same
		}
	case *ast.CompositeLit:
		return l.composite(e)
	case *ast.CallExpr:
		return l.call(e)
	case *ast.FuncLit:
		return &ast.FuncLit{Type: l.functionType(e.Type), Body: l.bodyOf(value.Type.Underlying().(*types.Signature), e.Body)}
	case *ast.ParenExpr:
		return &ast.ParenExpr{Lparen: e.Lparen, X: l.expr(e.X), Rparen: e.Rparen}
	}
	return l.copyOf(e).(ast.Expr)
}

// constant writes the value that the type checker has found, in the type that it has where it stands.
func (l *lowering) constant(e ast.Expr, value types.TypeAndValue) ast.Expr {
	if literal, is := e.(*ast.BasicLit); is && literal.Kind != token.CHAR && isDefault(value.Type) {
		return &ast.BasicLit{ValuePos: l.pos, Kind: literal.Kind, Value: literal.Value}
	}
	typ := l.env.substitute(value.Type)
	basic, is := typ.Underlying().(*types.Basic)
	if !is {
		// A constant where an interface is wanted.
		return l.literal(value.Value)
	}
	literal := l.inBasic(value.Value, basic)
	if isDefault(typ) && basic.Kind() != types.UntypedRune {
		return literal
	}
	return &ast.CallExpr{Fun: &ast.ParenExpr{Lparen: l.pos, X: l.typeExpr(typ)}, Lparen: l.pos, Args: []ast.Expr{literal}}
}

// isDefault knows the types that literals have by themselves.
func isDefault(t types.Type) bool {
	basic, is := t.(*types.Basic)
	if !is {
		return false
	}
	switch basic.Kind() {
	case types.Int, types.Float64, types.String, types.Bool, types.Complex128,
		types.UntypedInt, types.UntypedFloat, types.UntypedString, types.UntypedBool:
		return true
	}
	return false
}

func (l *lowering) inBasic(value constant.Value, t *types.Basic) ast.Expr {
	switch {
	case t.Info()&types.IsInteger != 0:
		value = constant.ToInt(value)
		if _, fits := constant.Int64Val(value); !fits {
			text := &ast.BasicLit{ValuePos: l.pos, Kind: token.STRING, Value: strconv.Quote(value.ExactString())}
			return &ast.CallExpr{Fun: l.ours("Unsigned"), Lparen: l.pos, Args: []ast.Expr{text}}
		}
	case t.Info()&types.IsFloat != 0:
		value = constant.ToFloat(value)
	case t.Info()&types.IsComplex != 0:
		value = constant.ToComplex(value)
	}
	return l.literal(value)
}

func (l *lowering) literal(value constant.Value) ast.Expr {
	switch value.Kind() {
	case constant.Bool:
		return l.ident(strconv.FormatBool(constant.BoolVal(value)))
	case constant.String:
		return &ast.BasicLit{ValuePos: l.pos, Kind: token.STRING, Value: strconv.Quote(constant.StringVal(value))}
	case constant.Int:
		return l.signed(token.INT, value.ExactString())
	case constant.Float:
		number, _ := constant.Float64Val(value)
		text := strconv.FormatFloat(number, 'e', -1, 64)
		return l.signed(token.FLOAT, text)
	}
	parts := []ast.Expr{l.literal(constant.ToFloat(constant.Real(value))), l.literal(constant.ToFloat(constant.Imag(value)))}
	return &ast.CallExpr{Fun: l.ident("complex"), Lparen: l.pos, Args: parts}
}

func (l *lowering) signed(kind token.Token, text string) ast.Expr {
	if text[0] == '-' {
		return &ast.UnaryExpr{OpPos: l.pos, Op: token.SUB, X: &ast.BasicLit{ValuePos: l.pos, Kind: kind, Value: text[1:]}}
	}
	return &ast.BasicLit{ValuePos: l.pos, Kind: kind, Value: text}
}

func (l *lowering) name(e *ast.Ident) ast.Expr {
	object := l.info.Uses[e]
	if object == nil {
		object = l.info.Defs[e]
	}
	if object == nil || object.Pkg() == nil {
		return l.ident(e.Name)
	}
	if function, is := object.(*types.Func); is && function.Type().(*types.Signature).TypeParams().Len() > 0 {
		return l.ident(l.functionInstance(function, l.env.all(l.info.Instances[e].TypeArgs)))
	}
	if field, is := object.(*types.Var); is && field.IsField() {
		return l.ident(l.fieldName(field))
	}
	if !l.isOurs(object.Pkg()) {
		// Of an import with a dot.
		return &ast.SelectorExpr{X: l.packageName(object.Pkg().Path()), Sel: l.ident(e.Name)}
	}
	if l.isTopLevel(object) {
		return l.ident(l.demand(object))
	}
	return l.ident(e.Name)
}

// fieldName differs from what the user wrote where an embedded type has another name.
func (l *lowering) fieldName(field *types.Var) string {
	if !field.Embedded() {
		return field.Name()
	}
	typ := types.Unalias(field.Type())
	if pointer, is := typ.(*types.Pointer); is {
		typ = types.Unalias(pointer.Elem())
	}
	if named, is := typ.(*types.Named); is && named.Obj().Pkg() != nil && l.isOurs(named.Obj().Pkg()) {
		if ident, is := l.typeExpr(l.env.substitute(named)).(*ast.Ident); is {
			return ident.Name
		}
	}
	return field.Name()
}

func (l *lowering) selector(e *ast.SelectorExpr) ast.Expr {
	pkg, is := e.X.(*ast.Ident)
	if is {
		if imported, is := l.info.Uses[pkg].(*types.PkgName); is {
			return l.imported(imported.Imported(), e)
		}
	}
	selection := l.info.Selections[e]
	x := l.expr(e.X)
	if selection != nil && selection.Kind() == types.FieldVal {
		return &ast.SelectorExpr{X: x, Sel: &ast.Ident{NamePos: e.Sel.NamePos, Name: l.fieldName(selection.Obj().(*types.Var))}}
	}
	return &ast.SelectorExpr{X: x, Sel: &ast.Ident{NamePos: e.Sel.NamePos, Name: e.Sel.Name}}
}

func (l *lowering) imported(pkg *types.Package, e *ast.SelectorExpr) ast.Expr {
	if l.library.sources[pkg.Path()] == pkg {
		return l.name(e.Sel)
	}
	if len(l.env.all(l.info.Instances[e.Sel].TypeArgs)) > 0 {
		l.refuse(e, "the interpreter has no generic functions of package %s", pkg.Path())
	}
	if pkg.Path() != "unsafe" && !hasSymbol(pkg.Path(), e.Sel.Name) {
		l.refuse(e.Sel, "the interpreter has no %s.%s: it knows the library of Go 1.22", pkg.Name(), e.Sel.Name)
	}
	return &ast.SelectorExpr{X: l.packageName(pkg.Path()), Sel: &ast.Ident{NamePos: e.Sel.NamePos, Name: e.Sel.Name}}
}

// explicitInstance is what `Map[int, string]` means, and nil for an index of something else.
func (l *lowering) explicitInstance(x ast.Expr) ast.Expr {
	switch x := x.(type) {
	case *ast.Ident:
		if _, is := l.info.Instances[x]; is {
			return l.name(x)
		}
	case *ast.SelectorExpr:
		if _, is := l.info.Instances[x.Sel]; is {
			return l.selector(x)
		}
	}
	return nil
}

// composite names the type of a literal, which inner ones may leave out.
func (l *lowering) composite(e *ast.CompositeLit) ast.Expr {
	typ := l.env.substitute(l.info.Types[e].Type)
	made := &ast.CompositeLit{Lbrace: e.Lbrace, Rbrace: e.Rbrace}
	pointer, isPointer := typ.(*types.Pointer)
	if isPointer {
		typ = pointer.Elem()
	}
	made.Type = l.typeExpr(typ)
	_, isStruct := typ.Underlying().(*types.Struct)
	for _, element := range e.Elts {
		pair, isPair := element.(*ast.KeyValueExpr)
		switch {
		case !isPair:
			made.Elts = append(made.Elts, l.expr(element))
		case isStruct:
			field := l.info.Uses[pair.Key.(*ast.Ident)].(*types.Var)
			key := &ast.Ident{NamePos: pair.Key.Pos(), Name: l.fieldName(field)}
			made.Elts = append(made.Elts, &ast.KeyValueExpr{Key: key, Colon: pair.Colon, Value: l.expr(pair.Value)})
		default:
			made.Elts = append(made.Elts, &ast.KeyValueExpr{Key: l.expr(pair.Key), Colon: pair.Colon, Value: l.expr(pair.Value)})
		}
	}
	if isPointer {
		return &ast.UnaryExpr{OpPos: l.pos, Op: token.AND, X: made}
	}
	return made
}
