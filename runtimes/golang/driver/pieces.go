package main

import (
	"fmt"
	"go/scanner"
	"go/token"
	"strings"
)

// A piece of a cell: one declaration or statement of its top level, with its place in bytes.
type piece struct {
	first    token.Token
	from, to int
	declares bool
}

// A problem is an error at a place of a cell.
type problem struct {
	position token.Position
	text     string
	pos      token.Pos
}

func (p problem) String() string {
	return fmt.Sprintf("%s: %s", place(p.position.Filename, p.position.Line, p.position.Column), p.text)
}

// split cuts a cell where Go's own rule has a semicolon outside of all brackets. Whether the pieces are
// right is for the parser to say, except for brackets that do not match.
func split(file *token.File, source []byte) ([]piece, []problem) {
	s := splitter{file: file}
	s.scanner.Init(file, source, func(position token.Position, text string) {
		s.problems = append(s.problems, problem{position: position, text: text})
	}, 0)
	for s.next() {
	}
	return s.pieces, s.problems
}

type splitter struct {
	file     *token.File
	scanner  scanner.Scanner
	pieces   []piece
	problems []problem
	open     []bracket
	// Between `for` and its block, semicolons end nothing.
	inHeader bool
	tokens   []token.Token
	from, to int
}

type bracket struct {
	token token.Token
	pos   token.Pos
}

var closing = map[token.Token]token.Token{token.LPAREN: token.RPAREN, token.LBRACK: token.RBRACK, token.LBRACE: token.RBRACE}

func (s *splitter) next() bool {
	pos, tok, literal := s.scanner.Scan()
	switch tok {
	case token.EOF:
		for _, left := range s.open {
			s.complain(left.pos, fmt.Sprintf("'%s' is not closed", left.token))
		}
		s.end()
		return false
	case token.SEMICOLON:
		if len(s.open) == 0 && !(s.inHeader && literal == ";") {
			s.end()
			return true
		}
	case token.FOR, token.IF, token.SWITCH:
		s.inHeader = s.inHeader || len(s.open) == 0
	case token.LPAREN, token.LBRACK, token.LBRACE:
		s.take(pos, tok, literal)
		s.inHeader = s.inHeader && !(tok == token.LBRACE && len(s.open) == 0)
		s.open = append(s.open, bracket{tok, pos})
		return true
	case token.RPAREN, token.RBRACK, token.RBRACE:
		if !s.close(tok, pos) {
			return false
		}
	}
	s.take(pos, tok, literal)
	return true
}

func (s *splitter) close(tok token.Token, pos token.Pos) bool {
	if last := len(s.open) - 1; last >= 0 && closing[s.open[last].token] == tok {
		s.open = s.open[:last]
		return true
	}
	s.complain(pos, fmt.Sprintf("unexpected '%s'", tok))
	return false
}

func (s *splitter) take(pos token.Pos, tok token.Token, literal string) {
	offset := s.file.Offset(pos)
	if len(s.tokens) == 0 {
		s.from = offset
	}
	// No more than tells a function's declaration from a literal.
	if len(s.tokens) < 2 {
		s.tokens = append(s.tokens, tok)
	} else if s.tokens[0] == token.FUNC && len(s.open) == 0 && len(s.tokens) < 5 {
		s.tokens = append(s.tokens, tok)
	}
	if tok.IsOperator() {
		literal = tok.String()
	}
	s.to = offset + len(literal)
	if tok == token.SEMICOLON && literal == "\n" {
		s.to = offset
	}
}

func (s *splitter) end() {
	if len(s.tokens) > 0 {
		s.pieces = append(s.pieces, piece{s.tokens[0], s.from, s.to, isDeclaration(s.tokens)})
	}
	s.tokens, s.inHeader = s.tokens[:0], false
}

// isDeclaration knows `func name`, and `func (receiver) name(`, from `func(...) {...}(...)`.
func isDeclaration(tokens []token.Token) bool {
	switch tokens[0] {
	case token.PACKAGE, token.IMPORT, token.TYPE, token.CONST, token.VAR:
		return true
	case token.FUNC:
		if len(tokens) > 1 && tokens[1] == token.IDENT {
			return true
		}
		// The receiver's closing bracket, the name, and its own brackets.
		return len(tokens) > 4 && tokens[2] == token.RPAREN && tokens[3] == token.IDENT && tokens[4] == token.LPAREN
	}
	return false
}

func (s *splitter) complain(pos token.Pos, text string) {
	s.problems = append(s.problems, problem{position: s.file.Position(pos), text: text})
}

// unlined makes a piece of a cell stand at its own line and column in a source that is made of pieces.
func unlined(position token.Position) string {
	return fmt.Sprintf("/*line :%d:%d*/", position.Line, position.Column)
}

// place is how a user reads a position in a cell: its file is named ID/cell, of which only the base tells
// the interpreter which file an import belongs to.
func place(file string, line, column int) string {
	cell, _, _ := strings.Cut(file, "/")
	if column == 0 {
		return fmt.Sprintf("<cell %s>:%d", cell, line)
	}
	return fmt.Sprintf("<cell %s>:%d:%d", cell, line, column)
}
