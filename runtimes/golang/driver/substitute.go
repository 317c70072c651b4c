package main

import "go/types"

// An environment says what the type parameters of a generic function or type are, in one instance of it, and which
// declared types have been declared anew.
type environment struct {
	parameters map[*types.TypeParam]types.Type
	types      map[*types.TypeName]*types.Named
}

// substitute gives a type without type parameters.
func (env environment) substitute(t types.Type) types.Type {
	if len(env.parameters)+len(env.types) == 0 {
		return types.Unalias(t)
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		if chosen := env.parameters[t]; chosen != nil {
			return chosen
		}
		return t
	case *types.Pointer:
		return types.NewPointer(env.substitute(t.Elem()))
	case *types.Slice:
		return types.NewSlice(env.substitute(t.Elem()))
	case *types.Array:
		return types.NewArray(env.substitute(t.Elem()), t.Len())
	case *types.Map:
		return types.NewMap(env.substitute(t.Key()), env.substitute(t.Elem()))
	case *types.Chan:
		return types.NewChan(t.Dir(), env.substitute(t.Elem()))
	case *types.Tuple:
		return env.tuple(t)
	case *types.Signature:
		return types.NewSignatureType(nil, nil, nil, env.tuple(t.Params()), env.tuple(t.Results()), t.Variadic())
	case *types.Struct:
		return env.structure(t)
	case *types.Interface:
		return env.iface(t)
	case *types.Named:
		return env.named(t)
	default:
		return t
	}
}

func (env environment) tuple(t *types.Tuple) *types.Tuple {
	variables := make([]*types.Var, t.Len())
	for i := range variables {
		v := t.At(i)
		variables[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), env.substitute(v.Type()))
	}
	return types.NewTuple(variables...)
}

func (env environment) structure(t *types.Struct) *types.Struct {
	fields := make([]*types.Var, t.NumFields())
	tags := make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		fields[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), env.substitute(f.Type()), f.Embedded())
		tags[i] = t.Tag(i)
	}
	return types.NewStruct(fields, tags)
}

func (env environment) iface(t *types.Interface) types.Type {
	methods := make([]*types.Func, t.NumExplicitMethods())
	for i := range methods {
		m := t.ExplicitMethod(i)
		methods[i] = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), env.substitute(m.Type()).(*types.Signature))
	}
	embedded := make([]types.Type, t.NumEmbeddeds())
	for i := range embedded {
		embedded[i] = env.substitute(t.EmbeddedType(i))
	}
	return types.NewInterfaceType(methods, embedded).Complete()
}

func (env environment) named(t *types.Named) types.Type {
	origin := t.Origin()
	if now := env.types[origin.Obj()]; now != nil {
		origin = now
	}
	if t.TypeArgs().Len() == 0 {
		return origin
	}
	instance, err := types.Instantiate(nil, origin, env.all(t.TypeArgs()), false)
	if err != nil {
		return t
	}
	return instance
}

func (env environment) all(list *types.TypeList) []types.Type {
	made := make([]types.Type, list.Len())
	for i := range made {
		made[i] = env.substitute(list.At(i))
	}
	return made
}

// bind pairs type parameters with what they stand for.
func bind(parameters *types.TypeParamList, arguments []types.Type) environment {
	env := environment{parameters: map[*types.TypeParam]types.Type{}}
	for i := 0; i < parameters.Len() && i < len(arguments); i++ {
		env.parameters[parameters.At(i)] = arguments[i]
	}
	return env
}
