package main

import (
	"go/ast"
	"go/types"
)

func namesOf(general *ast.GenDecl) (names []string) {
	for _, spec := range general.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			names = append(names, spec.Name.Name)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// keysOf names what a declaration declares: methods as TYPE.METHOD.
func (s *session) keysOf(node ast.Decl) []string {
	switch node := node.(type) {
	case *ast.GenDecl:
		return namesOf(node)
	case *ast.FuncDecl:
		if node.Recv == nil {
			return []string{node.Name.Name}
		}
		return []string{receiverName(node.Recv.List[0].Type) + "." + node.Name.Name}
	}
	return nil
}

func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.ParenExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.IndexListExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

func (k *check) usesOf(node ast.Decl) map[string]bool {
	uses := map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		name, is := n.(*ast.Ident)
		if !is {
			return true
		}
		switch used := k.info.Uses[name].(type) {
		case *types.Func:
			if named := receiverOf(used); named != nil {
				uses[named.Obj().Name()+"."+used.Name()] = true
			} else {
				uses[used.Name()] = true
			}
		case nil:
		default:
			if used.Parent() != nil && (used.Parent() == k.scope || k.objects[used.Name()] == used) {
				uses[used.Name()] = true
			}
		}
		return true
	})
	return uses
}
