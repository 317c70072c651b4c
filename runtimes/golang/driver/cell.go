package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// A cell, taken apart: what it declares, and what it does, in the order in which it does it.
type cell struct {
	file         string
	source       []byte
	imports      []*ast.GenDecl
	declarations []ast.Decl
	steps        []step
	// It says `package main`, as programs do.
	isProgram bool
	// The first position of its file.
	start token.Pos
	// The lines of comment before each of its declarations, in the order of the file.
	comments []string
	// Names that it defines, and of which it also speaks as earlier cells defined them.
	earlier []string
}

// A step is a statement of the top level, or a variable that is defined there: the specification then is
// what it declares to the whole session, and the statement sets it.
type step struct {
	statement ast.Stmt
	variables *ast.ValueSpec
	// Defined with `var`, not with `:=`.
	isVar bool
}

func parseCell(fset *token.FileSet, id int, source []byte) (*cell, []problem) {
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	c := &cell{file: strconv.Itoa(id) + "/cell", source: source}
	pieces, problems := split(fset.AddFile(c.file, -1, len(source)), source)
	if len(problems) > 0 {
		return c, problems
	}
	text, first := c.assemble(pieces)
	parsed, err := parser.ParseFile(fset, c.file, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return c, syntaxProblems(err)
	}
	c.start = parsed.Package
	c.sort(parsed.Decls, first)
	return c, nil
}

// assemble makes a file of the pieces: imports first, and each statement in a function of its own.
func (c *cell) assemble(pieces []piece) (text []byte, lengths []bool) {
	var file bytes.Buffer
	file.WriteString("package main\n")
	lines := token.NewFileSet().AddFile(c.file, -1, len(c.source))
	lines.SetLinesForContent(c.source)
	write := func(p piece) {
		c.comments = append(c.comments, c.documentation(p))
		if !p.declares {
			file.WriteString("func _() {")
		}
		file.WriteString(unlined(lines.Position(lines.Pos(p.from))))
		file.Write(c.source[p.from:p.to])
		if !p.declares {
			file.WriteString("\n}")
		}
		file.WriteString("\n")
		lengths = append(lengths, p.declares)
	}
	for _, p := range pieces {
		if p.first == token.IMPORT {
			write(p)
		}
	}
	for _, p := range pieces {
		switch p.first {
		case token.IMPORT:
		case token.PACKAGE:
			c.isProgram = true
		default:
			write(p)
		}
	}
	return file.Bytes(), lengths
}

// documentation gives the comment lines right before a function.
func (c *cell) documentation(p piece) string {
	if p.first != token.FUNC || !p.declares {
		return ""
	}
	lines := bytes.SplitAfter(c.source[:p.from], []byte("\n"))
	from := len(lines) - 1
	for from > 0 && bytes.HasPrefix(bytes.TrimSpace(lines[from-1]), []byte("//")) {
		from--
	}
	return strings.TrimSpace(string(bytes.Join(lines[from:len(lines)-1], nil)))
}

func (c *cell) sort(declarations []ast.Decl, declares []bool) {
	for i, declaration := range declarations {
		if i >= len(declares) {
			break
		}
		if !declares[i] {
			for _, statement := range declaration.(*ast.FuncDecl).Body.List {
				c.addStatement(statement)
			}
			continue
		}
		general, isGeneral := declaration.(*ast.GenDecl)
		if function, is := declaration.(*ast.FuncDecl); is && c.comments[i] != "" {
			function.Doc = &ast.CommentGroup{List: []*ast.Comment{{Slash: function.Pos(), Text: c.comments[i]}}}
		}
		switch {
		case isGeneral && general.Tok == token.IMPORT:
			c.imports = append(c.imports, general)
		case isGeneral && general.Tok == token.VAR:
			for _, spec := range general.Specs {
				c.addVariables(spec.(*ast.ValueSpec))
			}
		default:
			c.declarations = append(c.declarations, declaration)
		}
	}
}

func (c *cell) addVariables(spec *ast.ValueSpec) {
	made := step{variables: spec, isVar: true}
	if len(spec.Values) > 0 {
		left := make([]ast.Expr, len(spec.Names))
		for i, name := range spec.Names {
			left[i] = name
		}
		made.statement = &ast.AssignStmt{Lhs: left, TokPos: spec.Pos(), Tok: token.ASSIGN, Rhs: spec.Values}
	}
	c.steps = append(c.steps, made)
}

func (c *cell) addStatement(statement ast.Stmt) {
	assignment, isAssignment := statement.(*ast.AssignStmt)
	if !isAssignment || assignment.Tok != token.DEFINE {
		c.steps = append(c.steps, step{statement: statement})
		return
	}
	c.steps = append(c.steps, c.define(assignment)...)
}

// define makes `a, err := f()` a declaration of what this cell has not declared yet, and an assignment. Names
// of earlier cells are declared anew.
func (c *cell) define(assignment *ast.AssignStmt) []step {
	var names, again []*ast.Ident
	for _, left := range assignment.Lhs {
		name, isName := left.(*ast.Ident)
		if !isName {
			return []step{{statement: assignment}}
		}
		names = append(names, name)
		if name.Name != "_" && c.hasDeclared(name.Name) {
			again = append(again, name)
		}
	}
	for _, name := range names {
		if !c.hasDeclared(name.Name) && renameIn(assignment.Rhs, name.Name) {
			c.earlier = append(c.earlier, name.Name)
		}
	}
	fresh := 0
	for _, name := range names {
		if name.Name != "_" {
			fresh++
		}
	}
	assigned := &ast.AssignStmt{Lhs: assignment.Lhs, TokPos: assignment.TokPos, Tok: token.ASSIGN, Rhs: assignment.Rhs}
	if len(again) == fresh {
		return []step{{statement: assigned}}
	}
	return c.defineSome(assigned, names, again)
}

// defineSome takes a detour over new variables for those that are there already.
func (c *cell) defineSome(assigned *ast.AssignStmt, names, again []*ast.Ident) []step {
	spec := &ast.ValueSpec{Values: assigned.Rhs}
	detours := &ast.AssignStmt{TokPos: assigned.TokPos, Tok: token.ASSIGN}
	assigned.Lhs = nil
	for _, name := range names {
		target := name
		for _, there := range again {
			if there == name {
				target = &ast.Ident{NamePos: name.NamePos, Name: name.Name + temporary + strconv.Itoa(len(c.steps))}
				detours.Lhs = append(detours.Lhs, name)
				detours.Rhs = append(detours.Rhs, &ast.Ident{NamePos: name.NamePos, Name: target.Name})
			}
		}
		spec.Names = append(spec.Names, target)
		assigned.Lhs = append(assigned.Lhs, target)
	}
	steps := []step{{statement: assigned, variables: spec}}
	if len(again) > 0 {
		steps = append(steps, step{statement: detours})
	}
	return steps
}

// In names that no user can write: a variable for a moment, and what a name stood for before this cell.
const (
	temporary  = "·"
	earlierOne = temporary + "earlier"
)

func (c *cell) hasDeclared(name string) bool {
	for _, earlier := range c.steps {
		if earlier.variables == nil {
			continue
		}
		for _, declared := range earlier.variables.Names {
			if declared.Name == name {
				return true
			}
		}
	}
	return false
}

// renameIn makes `x := f(x)` speak of the x of earlier cells on its right side.
func renameIn(expressions []ast.Expr, name string) (found bool) {
	for _, expression := range expressions {
		ast.Inspect(expression, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				found = renameIn([]ast.Expr{n.X}, name) || found
				return false
			case *ast.KeyValueExpr:
				if _, isField := n.Key.(*ast.Ident); isField {
					found = renameIn([]ast.Expr{n.Value}, name) || found
					return false
				}
			case *ast.Ident:
				if n.Name == name {
					n.Name, found = name+earlierOne, true
				}
			}
			return true
		})
	}
	return found
}

func syntaxProblems(err error) []problem {
	list, isList := err.(scanner.ErrorList)
	if !isList {
		return []problem{{text: err.Error()}}
	}
	list.RemoveMultiples()
	var problems []problem
	for _, each := range list {
		problems = append(problems, problem{position: each.Pos, text: each.Msg})
	}
	return problems
}
