package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// typeInstance gives the name of an instance of a generic type, which is emitted if it was not yet.
func (l *lowering) typeInstance(t *types.Named) string {
	origin, arguments := t.Origin(), environment{}.all(t.TypeArgs())
	name := l.instanceName(l.names.of(origin.Obj()), arguments)
	if l.names.instances[name] {
		return name
	}
	l.names.instances[name] = true
	l.session.instances[origin.Obj()] = append(l.session.instances[origin.Obj()], t)
	l.later(func() {
		l.pos = origin.Obj().Pos()
		l.emitType(name, t.Underlying())
		for i := 0; i < origin.NumMethods(); i++ {
			l.methodOfInstance(origin.Method(i), t)
		}
	})
	return name
}

// methodOfInstance emits a method of a generic type, for one instance of that.
func (l *lowering) methodOfInstance(method *types.Func, t *types.Named) {
	declaration := l.session.bodies[method.Origin().Pos()]
	if declaration == nil {
		return
	}
	current, _ := l.info.Defs[declaration.Name].(*types.Func)
	signature := current.Type().(*types.Signature)
	env := bind(signature.RecvTypeParams(), environment{}.all(t.TypeArgs()))
	l.within(env, func() {
		l.emitted = append(l.emitted, l.function(declaration, method.Name(), receiverIn(signature, t)))
	})
}

func receiverIn(signature *types.Signature, t types.Type) types.Type {
	if _, isPointer := types.Unalias(signature.Recv().Type()).(*types.Pointer); isPointer {
		return types.NewPointer(t)
	}
	return t
}

// functionInstance gives the name of an instance of a generic function, which is emitted if it was not yet.
func (l *lowering) functionInstance(function *types.Func, arguments []types.Type) string {
	function = function.Origin()
	name := l.instanceName(l.names.of(function), arguments)
	if l.names.instances[name] {
		return name
	}
	l.names.instances[name] = true
	l.later(func() {
		declaration := l.session.bodies[function.Pos()]
		if declaration == nil {
			panic(unsupported{l.pos, "the interpreter has no " + function.FullName()})
		}
		current := l.info.Defs[declaration.Name].(*types.Func)
		env := bind(current.Type().(*types.Signature).TypeParams(), arguments)
		l.within(env, func() { l.emitted = append(l.emitted, l.function(declaration, name, nil)) })
	})
	return name
}

// demand gives an object's name. What of the library is interpreted is emitted when it is first asked for.
func (l *lowering) demand(object types.Object) string {
	name := l.names.of(object)
	if object.Pkg() == l.pkg || l.names.instances[name] {
		return name
	}
	l.names.instances[name] = true
	switch object := object.(type) {
	case *types.Func:
		l.later(func() { l.emitted = append(l.emitted, l.function(l.session.bodies[object.Pos()], name, nil)) })
	case *types.TypeName:
		l.later(func() {
			named := object.Type().(*types.Named)
			l.emitType(name, named.Underlying())
			for i := 0; i < named.NumMethods(); i++ {
				method := named.Method(i)
				receiver := receiverIn(method.Type().(*types.Signature), named)
				l.emitted = append(l.emitted, l.function(l.session.bodies[method.Pos()], method.Name(), receiver))
			}
		})
	}
	return name
}

func (l *lowering) instanceName(base string, arguments []types.Type) string {
	texts := make([]string, len(arguments))
	for i, argument := range arguments {
		texts[i] = types.ExprString(l.typeExpr(argument))
	}
	return base + mangle("["+strings.Join(texts, ",")+"]")
}

func (l *lowering) later(emit func()) {
	pos := l.pos
	l.waiting = append(l.waiting, func() {
		l.within(environment{}, func() {
			l.pos = pos
			emit()
		})
	})
}

// emitWaiting goes on until no instance asks for another one.
func (l *lowering) emitWaiting() {
	const most = 10000
	for count := 0; len(l.waiting) > 0; count++ {
		if count > most {
			panic(unsupported{l.pos, "this generic code asks for ever more instances"})
		}
		next := l.waiting[0]
		l.waiting = l.waiting[1:]
		next()
	}
}

func (l *lowering) emitType(name string, underlying types.Type) {
	spec := &ast.TypeSpec{Name: l.ident(name), Type: l.typeExpr(underlying)}
	l.emitted = append(l.emitted, &ast.GenDecl{TokPos: l.pos, Tok: token.TYPE, Specs: []ast.Spec{spec}})
}
