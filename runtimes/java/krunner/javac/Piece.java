package krunner.javac;

/** A declaration or statement of a cell: the cell's text from {@code start} to {@code end}. */
final class Piece {
  enum Kind {
    IMPORT,
    TYPE,
    METHOD,
    VARIABLE,
    STATEMENT,
    EXPRESSION
  }

  final Kind kind;
  final int start;
  final int end;
  /** What it declares; null where it does not. */
  final Declaration declaration;

  Piece(Kind kind, int start, int end, Declaration declaration) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.declaration = declaration;
  }
}
