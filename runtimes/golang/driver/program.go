package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strconv"
	"strings"
)

// A program is what the interpreter gets of one cell: a file whose main function runs it.
type program struct {
	file *ast.File
	// Functions that take the place of earlier ones, for who calls those too.
	renewed map[string]bool
}

// lower makes a checked cell a program. `replaced` says which of its names take the place of earlier ones.
func (k *check) lower(replaced map[types.Object]types.Object) (made *program, failure *problem) {
	l := &lowering{check: k, names: k.names, replaced: replaced}
	made = &program{renewed: map[string]bool{}}
	defer func() {
		switch refused := recover().(type) {
		case nil:
		default:
			panic(refused)
		case unsupported:
			failure = &problem{k.fset.Position(refused.pos), refused.text, refused.pos}
		}
	}()
	for now, before := range replaced {
		k.names.objects[now] = k.names.of(before)
		made.renewed[k.names.of(before)] = true
	}
	l.emitDeclarations(made)
	main := l.emitMain()
	l.emitWaiting()
	made.file = l.assembleFile(main)
	return made, nil
}

func (l *lowering) assembleFile(main *ast.FuncDecl) *ast.File {
	// What is used before it is declared confuses the interpreter at times.
	var kinds [3][]ast.Decl
	for _, each := range l.emitted {
		kind := 1
		if general, is := each.(*ast.GenDecl); is {
			kind = map[token.Token]int{token.TYPE: 0, token.VAR: 2}[general.Tok]
		}
		kinds[kind] = append(kinds[kind], each)
	}
	pos := l.start()
	all := append(append(append(append(l.imports, kinds[0]...), kinds[1]...), kinds[2]...), main)
	return &ast.File{Package: pos, Name: &ast.Ident{NamePos: pos, Name: "main"}, Decls: all}
}

// start is a position in the cell's file.
func (k *check) start() token.Pos { return k.cell.start }

func (l *lowering) emitDeclarations(made *program) {
	l.pos = l.start()
	for _, each := range l.declarations {
		switch each := each.(type) {
		case *ast.GenDecl:
			l.emitTypes(each)
		case *ast.FuncDecl:
			l.emitFunction(each, made)
		}
	}
	for _, each := range l.cell.steps {
		if each.variables != nil {
			l.emitVariables(each.variables)
		}
	}
}

func (l *lowering) emitTypes(general *ast.GenDecl) {
	for _, spec := range general.Specs {
		spec, is := spec.(*ast.TypeSpec)
		if !is {
			continue
		}
		object, _ := l.info.Defs[spec.Name].(*types.TypeName)
		if object == nil || object.IsAlias() || spec.TypeParams != nil || isConstraint(object.Type()) {
			continue
		}
		l.pos = spec.Pos()
		l.emitType(l.names.of(object), object.Type().Underlying())
	}
}

func isConstraint(t types.Type) bool {
	iface, is := t.Underlying().(*types.Interface)
	return is && !iface.IsMethodSet()
}

func (l *lowering) emitFunction(declaration *ast.FuncDecl, made *program) {
	function, _ := l.info.Defs[declaration.Name].(*types.Func)
	if function == nil || declaration.Name.Name == "_" {
		return
	}
	signature := function.Type().(*types.Signature)
	if signature.Recv() != nil {
		l.emitMethod(declaration, function, made)
		return
	}
	if signature.TypeParams().Len() == 0 {
		l.emitted = append(l.emitted, l.function(declaration, l.functionName(function), nil))
	}
}

func (l *lowering) functionName(function *types.Func) string {
	if function.Name() == "init" {
		return "init" + temporary + strconv.Itoa(int(function.Pos()))
	}
	return l.names.of(function)
}

func (l *lowering) emitMethod(declaration *ast.FuncDecl, method *types.Func, made *program) {
	named := receiverOf(method)
	if named == nil {
		return
	}
	if named.TypeParams().Len() > 0 {
		for _, instance := range l.session.instances[named.Obj()] {
			l.methodOfInstance(method, instance)
		}
		return
	}
	made.renewed[l.names.of(named.Obj())+"."+method.Name()] = true
	receiver := receiverIn(method.Type().(*types.Signature), named)
	l.emitted = append(l.emitted, l.function(declaration, method.Name(), receiver))
}

func (l *lowering) emitVariables(spec *ast.ValueSpec) {
	for _, name := range spec.Names {
		object := l.info.Defs[name]
		if object == nil || name.Name == "_" {
			continue
		}
		variable := l.names.of(object)
		if l.replaced[object] != nil {
			continue
		}
		l.pos = name.Pos()
		value := &ast.ValueSpec{Names: []*ast.Ident{l.ident(variable)}, Type: l.typeExpr(object.Type())}
		l.emitted = append(l.emitted, &ast.GenDecl{TokPos: l.pos, Tok: token.VAR, Specs: []ast.Spec{value}})
	}
}

// emitMain makes the function that does what the cell does: what a file of Go would do first comes first.
func (l *lowering) emitMain() *ast.FuncDecl {
	first, rest := l.initialSteps()
	body := &ast.BlockStmt{Lbrace: l.start()}
	for _, each := range first {
		body.List = append(body.List, l.runStep(each, false)...)
	}
	for _, each := range l.declarations {
		if function, is := each.(*ast.FuncDecl); is && function.Name.Name == "init" && function.Recv == nil {
			body.List = append(body.List, l.callOf(l.functionName(l.info.Defs[function.Name].(*types.Func)), function.Pos()))
		}
	}
	for i, each := range rest {
		body.List = append(body.List, l.runStep(each, i == len(rest)-1)...)
	}
	if main, is := l.scope.Lookup("main").(*types.Func); is && l.declaresNow(main) && (l.cell.isProgram || len(rest) == 0) {
		body.List = append(body.List, l.callOf(l.names.of(main), main.Pos()))
	}
	l.pos = l.start()
	return &ast.FuncDecl{Name: l.ident("main"), Type: &ast.FuncType{Func: l.pos, Params: &ast.FieldList{Opening: l.pos}}, Body: body}
}

func (l *lowering) callOf(name string, pos token.Pos) ast.Stmt {
	l.pos = pos
	return &ast.ExprStmt{X: &ast.CallExpr{Fun: l.ident(name), Lparen: l.pos}}
}

// initialSteps are the variables of a cell that only declares, in the order in which Go initializes them; in a cell
// with statements those with a constant value, as anything else may depend on the statements before it.
func (l *lowering) initialSteps() (first, rest []step) {
	declaresOnly := true
	for _, each := range l.cell.steps {
		declaresOnly = declaresOnly && each.isVar
	}
	if declaresOnly {
		return l.inInitialOrder(), nil
	}
	for _, each := range l.cell.steps {
		if l.isConstant(each) {
			first = append(first, each)
		} else {
			rest = append(rest, each)
		}
	}
	return first, rest
}

func (l *lowering) inInitialOrder() (ordered []step) {
	place := map[ast.Expr]int{}
	for i, each := range l.info.InitOrder {
		place[each.Rhs] = i + 1
	}
	ordered = append(ordered, l.cell.steps...)
	sort.SliceStable(ordered, func(i, j int) bool { return firstPlace(ordered[i], place) < firstPlace(ordered[j], place) })
	return ordered
}

// firstPlace is 0 for variables without a value.
func firstPlace(each step, place map[ast.Expr]int) (found int) {
	for _, value := range each.variables.Values {
		if at := place[value]; at > found {
			found = at
		}
	}
	return found
}

// isConstant knows `var x = 10`, which may stand behind what uses it, as in a file.
func (l *lowering) isConstant(each step) bool {
	if each.variables == nil || !each.isVar {
		return false
	}
	for _, value := range each.variables.Values {
		if l.info.Types[value].Value == nil {
			return false
		}
	}
	return true
}

// declaresNow tells the cell's own declarations from those that it only has compiled again.
func (l *lowering) declaresNow(object types.Object) bool {
	return strings.HasPrefix(l.fset.Position(object.Pos()).Filename, l.cell.file)
}

func (l *lowering) runStep(each step, isLast bool) []ast.Stmt {
	if each.statement == nil {
		return l.clearVariables(each.variables)
	}
	if shown, is := each.statement.(*ast.ExprStmt); is && isLast {
		return l.show(shown)
	}
	if lowered := l.statement(each.statement); lowered != nil {
		return []ast.Stmt{lowered}
	}
	return nil
}

// clearVariables is for `var x int` where x is there already.
func (l *lowering) clearVariables(spec *ast.ValueSpec) (list []ast.Stmt) {
	for _, name := range spec.Names {
		if object := l.info.Defs[name]; object != nil && l.replaced[object] != nil {
			l.pos = name.Pos()
			zero := &ast.StarExpr{Star: l.pos, X: &ast.CallExpr{Fun: l.ident("new"), Lparen: l.pos, Args: []ast.Expr{l.typeExpr(object.Type())}}}
			left := []ast.Expr{l.ident(l.names.of(object))}
			list = append(list, &ast.AssignStmt{Lhs: left, TokPos: l.pos, Tok: token.ASSIGN, Rhs: []ast.Expr{zero}})
		}
	}
	return list
}

// show hands the values of a last expression to the driver, except for what printing returns.
func (l *lowering) show(s *ast.ExprStmt) []ast.Stmt {
	value := l.info.Types[s.X]
	if value.IsNil() {
		return []ast.Stmt{&ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Show"), Lparen: s.Pos(), Args: []ast.Expr{l.ident("nil")}}}}
	}
	if value.IsVoid() || value.IsBuiltin() || l.prints(s.X) {
		return []ast.Stmt{l.statement(s)}
	}
	tuple, is := value.Type.(*types.Tuple)
	if !is {
		shown := l.expr(s.X)
		return []ast.Stmt{&ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Show"), Lparen: s.Pos(), Args: []ast.Expr{shown}}}}
	}
	var left, again []ast.Expr
	for i := 0; i < tuple.Len(); i++ {
		left = append(left, &ast.Ident{NamePos: s.Pos(), Name: "value" + temporary + strconv.Itoa(i)})
		again = append(again, &ast.Ident{NamePos: s.Pos(), Name: "value" + temporary + strconv.Itoa(i)})
	}
	if len(left) == 0 {
		return []ast.Stmt{l.statement(s)}
	}
	define := &ast.AssignStmt{Lhs: left, TokPos: s.Pos(), Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(s.X)}}
	return []ast.Stmt{define, &ast.ExprStmt{X: &ast.CallExpr{Fun: l.ours("Show"), Lparen: s.Pos(), Args: again}}}
}

func (l *lowering) prints(e ast.Expr) bool {
	call, is := ast.Unparen(e).(*ast.CallExpr)
	if !is {
		return false
	}
	selector, is := call.Fun.(*ast.SelectorExpr)
	if !is {
		return false
	}
	function, is := l.info.Uses[selector.Sel].(*types.Func)
	return is && function.Pkg() != nil && function.Pkg().Path() == "fmt" && strings.Contains(function.Name(), "rint") && !strings.HasPrefix(function.Name(), "S")
}
