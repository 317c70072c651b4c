package krunner.javac;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import krunner.javac.Declaration.Range;
import krunner.javac.Piece.Kind;

/** Says what a part of a cell is, by the compiler's own parser: a member of a class, or a value. */
final class Parser {
  private static final String HEAD = "class X {";
  private static final String VALUE_HEAD = "class X { Object x = (\n";

  private final Compiler compiler;

  Parser(Compiler compiler) {
    this.compiler = compiler;
  }

  /** A declaration of several variables is several pieces. */
  List<Piece> parse(String cell, int start, int end) throws IOException {
    String text = cell.substring(start, end);
    if (Blanks.of(text).trim().matches("(?s)import\\s.*")) return one(Kind.IMPORT, start, end);
    Parsed members = parsed(HEAD + text + "\n}");
    List<Piece> pieces = members == null ? Collections.emptyList() : members.pieces(start, end);
    if (!pieces.isEmpty()) return pieces;
    return one(isValue(text.trim()) ? Kind.EXPRESSION : Kind.STATEMENT, start, end);
  }

  private static List<Piece> one(Kind kind, int start, int end) {
    return Collections.singletonList(new Piece(kind, start, end, null));
  }

  private boolean isValue(String text) throws IOException {
    String value = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    return parsed(VALUE_HEAD + value + "\n); }") != null;
  }

  /** Null where it is no class. */
  private Parsed parsed(String source) throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavacTask task = compiler.task(new Source("X", source), diagnostics);
    CompilationUnitTree unit = task.parse().iterator().next();
    for (Diagnostic<?> each : diagnostics.getDiagnostics())
      if (each.getKind() == Diagnostic.Kind.ERROR) return null;
    if (unit.getTypeDecls().size() != 1) return null;
    return new Parsed(unit, Trees.instance(task).getSourcePositions());
  }

  private static final class Parsed {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private int shift;

    Parsed(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    /** None where there is anything else than declarations. */
    List<Piece> pieces(int start, int end) {
      shift = start - HEAD.length();
      List<Piece> pieces = new ArrayList<>();
      for (Tree member : ((ClassTree) unit.getTypeDecls().get(0)).getMembers()) {
        Piece piece = piece(member, start, end);
        if (piece == null) return Collections.emptyList();
        pieces.add(piece);
      }
      return pieces;
    }

    private Piece piece(Tree member, int start, int end) {
      if (member instanceof ClassTree) return new Piece(Kind.TYPE, start, end, type((ClassTree) member));
      if (member instanceof VariableTree) return new Piece(Kind.VARIABLE, start, end, variable((VariableTree) member));
      boolean isMethod = member instanceof MethodTree && ((MethodTree) member).getReturnType() != null;
      return isMethod ? new Piece(Kind.METHOD, start, end, method((MethodTree) member)) : null;
    }

    private Declaration type(ClassTree tree) {
      String name = tree.getSimpleName().toString();
      return new Declaration(name, "type " + name, modifiers(tree, tree.getModifiers()));
    }

    private Declaration variable(VariableTree tree) {
      String name = tree.getName().toString();
      Declaration declared = new Declaration(name, "variable " + name, modifiers(tree, tree.getModifiers()));
      declared.type = tree.getType().toString();
      Range type = range(tree.getType());
      // The brackets of `int a[]` are behind the name.
      if (!declared.type.endsWith("]")) declared.typeRange = type;
      if (tree.getInitializer() != null) declared.value = range(tree.getInitializer());
      return declared;
    }

    private Declaration method(MethodTree tree) {
      String name = tree.getName().toString();
      String types =
          tree.getParameters().stream().map(each -> each.getType().toString()).collect(Collectors.joining(", "));
      String key = "method " + name + '(' + types + ')';
      Declaration declared = new Declaration(name, key, modifiers(tree, tree.getModifiers()));
      declared.type = tree.getReturnType().toString();
      declared.parameters =
          tree.getParameters().stream().map(each -> each.getName().toString()).collect(Collectors.toList());
      if (tree.getBody() != null) declared.body = range(tree.getBody());
      return declared;
    }

    /** Where there are none, the place where they would be. */
    private Range modifiers(Tree tree, ModifiersTree modifiers) {
      Range range = range(modifiers);
      if (range.isThere()) return range;
      int start = range(tree).start;
      return new Range(start, start);
    }

    private Range range(Tree tree) {
      int start = (int) positions.getStartPosition(unit, tree) + shift;
      return new Range(start, (int) positions.getEndPosition(unit, tree) + shift);
    }
  }
}
