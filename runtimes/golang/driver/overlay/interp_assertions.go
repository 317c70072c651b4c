// What an interface holds, for type assertions and type switches. The build adds this file to yaegi's package interp.
package interp

import "reflect"

// held takes a value out of the interfaces that it is in: its type where it is one of the user's, else nil.
func held(source reflect.Value) (typ *itype, value reflect.Value) {
	for source.IsValid() {
		if source.Kind() == reflect.Interface {
			source = source.Elem()
			continue
		}
		inner, is := wrapped(source)
		if !is {
			return typ, source
		}
		if typ == nil && inner.node != nil && inner.node.typ != nil && !isInterface(inner.node.typ) && inner.node.typ.cat != valueT {
			typ = inner.node.typ
		}
		source = inner.value
	}
	return nil, reflect.Value{}
}

func wrapped(source reflect.Value) (valueInterface, bool) {
	if source.Type() != valueInterfaceType || !source.CanInterface() {
		return valueInterface{}, false
	}
	inner, is := source.Interface().(valueInterface)
	return inner, is
}

// asserted gives what source holds, as a value of a type; false where it is not of that type.
func asserted(source reflect.Value, typ *itype, f *frame) (reflect.Value, bool) {
	own, value := held(source)
	switch {
	case !value.IsValid() || own != nil && own.cat == nilT:
		return reflect.Value{}, typ.cat == nilT
	case typ.cat == nilT:
		return reflect.Value{}, false
	case isEmptyInterface(typ):
		return source, true
	case isInterface(typ):
		return assertedInterface(own, value, typ, f)
	case value.Kind() == reflect.Struct && own == nil && value.NumField() > 0 && value.Type().Field(0).Name == "IValue":
		// A wrapper that compiled code has got.
		value = value.Field(0).Elem()
		return value, value.IsValid() && value.Type() == typ.TypeOf()
	case own != nil:
		return value, own.id() == typ.id() && value.Type() == typ.TypeOf()
	}
	// A type of the user's with a name is known by its wrapper only, unless nothing else looks like it.
	isOwn := typ.path == mainID && typ.name != ""
	return value, value.Type() == typ.TypeOf() && (!isOwn || value.Kind() == reflect.Struct)
}

func assertedInterface(own *itype, value reflect.Value, typ *itype, f *frame) (reflect.Value, bool) {
	if own == nil {
		own = &itype{cat: valueT, rtype: value.Type(), str: value.Type().String()}
		if rtype := typ.TypeOf(); rtype.Kind() == reflect.Interface && rtype != valueInterfaceType {
			return value, value.Type().Implements(rtype)
		}
	}
	methods := own.methods()
	for name := range typ.methods() {
		if _, has := methods[name]; !has {
			return reflect.Value{}, false
		}
	}
	holder := &node{kind: basicLit, typ: own, rval: value, interp: f.interpreter()}
	if isInterfaceSrc(typ) {
		return reflect.ValueOf(valueInterface{holder, value}), true
	}
	return genInterfaceWrapper(holder, typ.TypeOf())(f), true
}

// The one interpreter of the process.
var theInterpreter *Interpreter

func (f *frame) interpreter() *Interpreter { return theInterpreter }

// heldName names what an interface holds, for messages.
func heldName(source reflect.Value) string {
	own, value := held(source)
	switch {
	case !value.IsValid():
		return "nil"
	case own != nil:
		return own.id()
	}
	return value.Type().String()
}
