package main

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// complete suggests what may stand at a cursor: members behind a dot, else names of the session, of the cell
// itself, of the language and of the library's packages.
func (s *session) complete(source string, cursor int) []string {
	before := source[:min(cursor, len(source))]
	word := wordBefore(before)
	owner, isMember := ownerBefore(before[:len(before)-len(word)])
	names := map[string]bool{}
	if isMember {
		s.members(owner, names)
	} else if !insideText(before) {
		s.everyName(source, word, names)
	}
	var matches []string
	for name := range names {
		if strings.HasPrefix(name, word) && !strings.Contains(name, temporary) {
			if isMember {
				name = owner + "." + name
			}
			matches = append(matches, name)
		}
	}
	sort.Strings(matches)
	return matches
}

func wordBefore(text string) string {
	from := len(text)
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		from -= size
	}
	return text[from:]
}

// ownerBefore is the operand before a dot at the text's end: names, calls, indexes.
func ownerBefore(text string) (string, bool) {
	if !strings.HasSuffix(text, ".") {
		return "", false
	}
	text = text[:len(text)-1]
	from := len(text)
	for {
		rest := text[:from]
		if word := wordBefore(rest); word != "" {
			from -= len(word)
		} else if opening := openingOf(rest); opening >= 0 {
			from = opening
			continue
		}
		if from == 0 || text[from-1] != '.' || from == len(text) {
			return text[from:], true
		}
		from--
	}
}

// openingOf is where the bracket opens that the text ends with.
func openingOf(text string) int {
	if !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "]") {
		return -1
	}
	depth := 0
	for at := len(text) - 1; at >= 0; at-- {
		switch text[at] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth == 0 {
				return at
			}
		}
	}
	return -1
}

// insideText tells whether the text ends in a string or comment.
func insideText(text string) bool {
	const probe = "krunnerProbe"
	var found bool
	scan([]byte(text+probe), func(tok token.Token, literal string) {
		found = found || tok == token.IDENT && strings.HasSuffix(literal, probe)
	})
	return !found
}

func scan(source []byte, see func(token.Token, string)) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(source)), source, func(token.Position, string) {}, 0)
	for {
		_, tok, literal := s.Scan()
		if tok == token.EOF {
			return
		}
		see(tok, literal)
	}
}

func (s *session) everyName(source, word string, names map[string]bool) {
	seen := 0
	scan([]byte(source), func(tok token.Token, literal string) {
		if tok == token.IDENT && (literal != word || seen > 0) {
			names[literal] = true
		}
		if literal == word {
			seen++
		}
	})
	for name := range s.objects {
		names[name] = true
	}
	for name := range s.library.byName {
		names[name] = true
	}
	for _, name := range types.Universe.Names() {
		names[name] = true
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		names[tok.String()] = true
	}
}

func (s *session) members(owner string, names map[string]bool) {
	object := s.objects[owner]
	if object == nil && token.IsIdentifier(owner) {
		object = s.library.importByName(s, owner)
	}
	if imported, is := object.(*types.PkgName); is {
		pkg := imported.Imported()
		for _, name := range pkg.Scope().Names() {
			if token.IsExported(name) && (s.library.sources[pkg.Path()] == pkg || hasSymbol(pkg.Path(), name)) {
				names[name] = true
			}
		}
		return
	}
	if typ := s.typeOf(owner); typ != nil {
		s.membersOf(typ, names)
	}
}

// typeOf is the type of an expression of earlier cells' names; nil where it has none.
func (s *session) typeOf(text string) types.Type {
	expression, err := parser.ParseExpr(text)
	if err != nil {
		return nil
	}
	s.enterScope()
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if types.CheckExpr(token.NewFileSet(), s.pkg, token.NoPos, expression, info) != nil {
		return nil
	}
	return info.Types[expression].Type
}

func (s *session) membersOf(typ types.Type, names map[string]bool) {
	addressed := typ
	if _, is := typ.Underlying().(*types.Pointer); !is && !types.IsInterface(typ) {
		addressed = types.NewPointer(typ)
	}
	for set, i := types.NewMethodSet(addressed), 0; i < set.Len(); i++ {
		s.addMember(set.At(i).Obj(), names)
	}
	s.fieldsOf(typ, names, 0)
}

func (s *session) fieldsOf(typ types.Type, names map[string]bool, depth int) {
	const deepest = 5
	if pointer, is := typ.Underlying().(*types.Pointer); is {
		typ = pointer.Elem()
	}
	structure, is := typ.Underlying().(*types.Struct)
	if !is || depth > deepest {
		return
	}
	for i := 0; i < structure.NumFields(); i++ {
		field := structure.Field(i)
		s.addMember(field, names)
		if field.Embedded() {
			s.fieldsOf(field.Type(), names, depth+1)
		}
	}
}

func (s *session) addMember(member types.Object, names map[string]bool) {
	if member.Exported() || member.Pkg() == s.pkg {
		names[member.Name()] = true
	}
}

// inspect says what the name at a cursor is, with the comment before its declaration where a cell has one.
func (s *session) inspect(source string, cursor int) string {
	at := min(cursor, len(source))
	for at < len(source) && wordBefore(source[:at+1]) != "" && utf8.RuneStart(source[at]) {
		_, size := utf8.DecodeRuneInString(source[at:])
		if wordBefore(source[:at+size]) == "" {
			break
		}
		at += size
	}
	word := wordBefore(source[:at])
	if word == "" {
		return ""
	}
	owner, isMember := ownerBefore(source[:at-len(word)])
	object := s.objectOf(owner, word, isMember)
	if object == nil {
		return ""
	}
	text := types.ObjectString(object, func(pkg *types.Package) string {
		if pkg == s.pkg {
			return ""
		}
		return pkg.Name()
	})
	if declaration := s.bodies[object.Pos()]; declaration != nil && declaration.Doc != nil {
		text += "\n\n" + commentText(declaration.Doc)
	}
	return text
}

func commentText(group *ast.CommentGroup) string {
	lines := strings.Split(group.List[0].Text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "//"), " ")
	}
	return strings.Join(lines, "\n")
}

func (s *session) objectOf(owner, name string, isMember bool) types.Object {
	if !isMember {
		if object := s.objects[name]; object != nil {
			return object
		}
		if object := types.Universe.Lookup(name); object != nil {
			return object
		}
		return s.library.importByName(s, name)
	}
	object := s.objects[owner]
	if object == nil && token.IsIdentifier(owner) {
		object = s.library.importByName(s, owner)
	}
	if imported, is := object.(*types.PkgName); is {
		return imported.Imported().Scope().Lookup(name)
	}
	typ := s.typeOf(owner)
	if typ == nil {
		return nil
	}
	member, _, _ := types.LookupFieldOrMethod(typ, true, s.pkg, name)
	return member
}
