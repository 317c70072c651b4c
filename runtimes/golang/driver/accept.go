package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"
)

// A declaration of some cell, and the names of the session that it uses.
type declaration struct {
	names []string
	node  ast.Decl
	text  string
	uses  map[string]bool
}

// add checks a cell and, with it, what earlier cells have declared and has to be compiled again, since it uses
// what now is something else. It gives what the cell's names take the place of. What no longer compiles is
// dropped, and who uses it is told why.
func (s *session) add(c *cell) (*check, map[types.Object]types.Object, []problem) {
	s.dropUnchanged(c)
	s.keepEarlier(c)
	before := maps.Clone(s.objects)
	again, problems := s.rebase(c)
	if len(problems) > 0 {
		return nil, nil, s.ofCell(problems)
	}
	for {
		checked, problems := s.check(c, s.inOrder(again))
		if len(problems) > 0 && !s.dropBroken(problems, again, c) {
			s.objects = before
			return checked, nil, s.ofCell(problems)
		}
		if len(problems) > 0 {
			continue
		}
		replaced, changed := checked.changes()
		if !s.addUsers(changed, again, checked) {
			return checked, replaced, nil
		}
	}
}

// dropUnchanged leaves out types that are declared just as before: they stay the types of the variables that are there.
func (s *session) dropUnchanged(c *cell) {
	kept := c.declarations[:0]
	for _, node := range c.declarations {
		general, is := node.(*ast.GenDecl)
		if is {
			text, same := s.text(node), true
			for _, name := range namesOf(general) {
				before := s.declared[name]
				same = same && before != nil && before.text == text && s.objects[name] != nil
			}
			if same {
				continue
			}
		}
		kept = append(kept, node)
	}
	c.declarations = kept
}

// keepEarlier lets `x := f(x)` speak of the x of earlier cells.
func (s *session) keepEarlier(c *cell) {
	for name := range s.objects {
		if strings.HasSuffix(name, earlierOne) {
			delete(s.objects, name)
		}
	}
	for _, name := range c.earlier {
		if before, is := s.objects[name].(*types.Var); is {
			alias := types.NewVar(before.Pos(), s.pkg, name+earlierOne, before.Type())
			s.objects[alias.Name()] = alias
			s.names.objects[alias] = s.names.of(before)
		}
	}
}

func (s *session) inOrder(again map[*declaration]bool) (list []ast.Decl) {
	for _, each := range s.order {
		if again[each] {
			list = append(list, each.node)
		}
	}
	return list
}

// changes tells what of this cell takes the place of something of the same type, and which names now stand for
// something else.
func (k *check) changes() (replaced map[types.Object]types.Object, changed map[string]bool) {
	replaced, changed = map[types.Object]types.Object{}, map[string]bool{}
	for _, name := range k.scope.Names() {
		before, now := k.objects[name], k.scope.Lookup(name)
		switch {
		case before == nil:
		case k.canReplace(now, before):
			replaced[now] = before
		case !isSameConstant(now, before):
			changed[name] = true
		}
	}
	for _, name := range k.changedMethods {
		changed[name] = true
	}
	return replaced, changed
}

func (k *check) canReplace(now, before types.Object) bool {
	if before.Pkg() != k.pkg || !types.Identical(now.Type(), before.Type()) {
		return false
	}
	switch now.(type) {
	case *types.Var:
		_, is := before.(*types.Var)
		return is
	case *types.Func:
		_, is := before.(*types.Func)
		return is && now.Type().(*types.Signature).TypeParams().Len() == 0
	}
	return false
}

func isSameConstant(now, before types.Object) bool {
	one, is := now.(*types.Const)
	other, was := before.(*types.Const)
	return is && was && types.Identical(one.Type(), other.Type()) && one.Val().ExactString() == other.Val().ExactString()
}

// addUsers adds who uses a changed name, and tells whether there was one.
func (s *session) addUsers(changed map[string]bool, again map[*declaration]bool, k *check) (added bool) {
	now := map[string]bool{}
	for _, node := range k.cell.declarations {
		for _, name := range s.keysOf(node) {
			now[name] = true
		}
	}
	for _, each := range s.order {
		if again[each] || anyOf(each.names, now) || !usesAny(each, changed) {
			continue
		}
		again[each], added = true, true
	}
	return added
}

func anyOf(names []string, set map[string]bool) bool {
	for _, name := range names {
		if set[name] {
			return true
		}
	}
	return false
}

func usesAny(d *declaration, changed map[string]bool) bool {
	for name := range changed {
		if d.uses[name] {
			return true
		}
	}
	return false
}

// dropBroken takes out what was to be compiled again and cannot be; false: the mistakes are the cell's own.
func (s *session) dropBroken(problems []problem, again map[*declaration]bool, c *cell) (dropped bool) {
	for _, found := range problems {
		for each := range again {
			if found.pos >= each.node.Pos() && found.pos < each.node.End() {
				delete(again, each)
				s.forget(each, found.String())
				dropped = true
			}
		}
	}
	return dropped
}

func (s *session) forget(d *declaration, why string) {
	for _, name := range d.names {
		delete(s.objects, name)
		delete(s.declared, name)
		s.broken[name] = why
	}
	s.removeFromOrder(d)
}

func (s *session) removeFromOrder(d *declaration) {
	for i, each := range s.order {
		if each == d {
			s.order = append(s.order[:i:i], s.order[i+1:]...)
			return
		}
	}
}

const mostProblems = 10

func (s *session) ofCell(problems []problem) []problem {
	if len(problems) > mostProblems {
		return append(problems[:mostProblems:mostProblems], problem{position: problems[mostProblems].position, text: "too many errors"})
	}
	return problems
}

// accept makes what a cell declares part of the session.
func (k *check) accept() {
	for _, name := range k.scope.Names() {
		if !strings.Contains(name, temporary) && name != "_" {
			k.objects[name] = k.scope.Lookup(name)
			k.names.of(k.objects[name])
			delete(k.broken, name)
		}
	}
	for _, general := range k.cell.imports {
		for _, spec := range general.Specs {
			k.acceptImport(spec.(*ast.ImportSpec))
		}
	}
	for _, node := range k.declarations {
		k.acceptDeclaration(node)
	}
}

func (k *check) acceptImport(spec *ast.ImportSpec) {
	object := k.info.Implicits[spec]
	if spec.Name != nil {
		object = k.info.Defs[spec.Name]
	}
	if imported, is := object.(*types.PkgName); is {
		if imported.Name() != "_" && imported.Name() != "." {
			k.objects[imported.Name()] = imported
		}
		return
	}
	if spec.Name == nil || spec.Name.Name != "." {
		return
	}
	pkg, err := k.library.Import(strings.Trim(spec.Path.Value, "`\""))
	if err != nil {
		return
	}
	for _, name := range pkg.Scope().Names() {
		if token.IsExported(name) {
			k.objects[name] = pkg.Scope().Lookup(name)
		}
	}
}

func (k *check) acceptDeclaration(node ast.Decl) {
	made := &declaration{names: k.keysOf(node), node: node, uses: k.usesOf(node)}
	if _, is := node.(*ast.GenDecl); is {
		made.text = k.text(node)
	}
	for _, name := range made.names {
		if before := k.declared[name]; before != nil && before != made {
			k.removeFromOrder(before)
		}
		k.declared[name] = made
		delete(k.broken, name)
	}
	k.order = append(k.order, made)
}
