package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A generic type whose instances are in use gets no more methods, says Go's type checker. So the type is declared
// again, with all its methods and all that has it in it, and everything that is of the old type becomes of the new
// one. The interpreter knows both by the same name.

// withMethods are the generic types of earlier cells that a cell declares methods of, and their other methods.
func (s *session) withMethods(c *cell) map[*declaration]bool {
	again, own := map[*declaration]bool{}, map[string]bool{}
	for _, node := range c.declarations {
		for _, name := range s.keysOf(node) {
			own[name] = true
		}
	}
	for _, node := range c.declarations {
		function, is := node.(*ast.FuncDecl)
		if !is || function.Recv == nil || len(function.Recv.List) == 0 {
			continue
		}
		name := receiverName(function.Recv.List[0].Type)
		object, is := s.objects[name].(*types.TypeName)
		if !is || own[name] || s.declared[name] == nil || !isGeneric(object) {
			continue
		}
		again[s.declared[name]] = true
	}
	for _, each := range s.order {
		for declaration := range again {
			if usesAny(each, map[string]bool{declaration.names[0]: true}) && !anyOf(each.names, own) {
				again[each] = true
			}
		}
	}
	return again
}

func isGeneric(object *types.TypeName) bool {
	named, is := object.Type().(*types.Named)
	return is && named.TypeParams().Len() > 0
}

// rebase declares such types again, and gives the functions that then have to be checked again as well.
func (s *session) rebase(c *cell) (again map[*declaration]bool, problems []problem) {
	again = s.withMethods(c)
	if len(again) == 0 {
		return again, nil
	}
	made := &check{session: s, cell: c}
	var names []string
	for _, each := range s.order {
		if general, is := each.node.(*ast.GenDecl); again[each] && is && general.Tok == token.TYPE {
			made.declarations = append(made.declarations, general)
			names = append(names, each.names...)
			delete(again, each)
		}
	}
	for _, node := range append(s.inOrder(again), c.declarations...) {
		if function, is := node.(*ast.FuncDecl); is && function.Recv != nil {
			made.declarations = append(made.declarations, function)
		}
	}
	file := &ast.File{Name: ast.NewIdent("main"), Decls: made.declarations}
	for i := len(c.imports) - 1; i >= 0; i-- {
		file.Decls = append([]ast.Decl{c.imports[i]}, file.Decls...)
	}
	if problems := made.pass(file, true); len(problems) > 0 {
		return again, problems
	}
	made.moveTo(names)
	return again, nil
}

// moveTo makes the types of these names the session's, and moves what is of the old ones.
func (k *check) moveTo(names []string) {
	translation := environment{types: map[*types.TypeName]*types.Named{}}
	for _, name := range names {
		before, was := k.objects[name].(*types.TypeName)
		now, is := k.scope.Lookup(name).(*types.TypeName)
		if was && is {
			translation.types[before], _ = now.Type().(*types.Named)
			k.names.objects[now] = k.names.of(before)
			k.objects[name] = now
		}
	}
	for before, now := range translation.types {
		for _, instance := range k.instances[before] {
			if moved, is := translation.substitute(instance).(*types.Named); is {
				k.instances[now.Obj()] = append(k.instances[now.Obj()], moved)
			}
		}
	}
	for name, object := range k.objects {
		variable, is := object.(*types.Var)
		if !is {
			continue
		}
		if typ := translation.substitute(variable.Type()); !types.Identical(typ, variable.Type()) {
			moved := types.NewVar(variable.Pos(), k.pkg, name, typ)
			k.names.objects[moved] = k.names.of(variable)
			k.objects[name] = moved
		}
	}
}
