package krunner.javac;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import krunner.Cell;
import krunner.javac.Piece.Kind;

/** A class for pieces of a cell: what they declare are its static members, what they do is its method. */
final class Unit {
  static final String RUN = "run";
  private static final Set<Kind> DECLARATIONS = EnumSet.of(Kind.IMPORT, Kind.TYPE, Kind.METHOD);
  private static final Pattern NOT_OF_MEMBERS = Pattern.compile("\\b(public|private|protected|static)\\b");
  private static final Pattern NOT_OF_VARIABLES = Pattern.compile("\\b(public|private|protected|static|final)\\b");

  final Cell cell;
  final List<Piece> pieces;
  Generated generated;
  /** Of its last expression. */
  Object value = Value.NONE;
  private final String name;
  /** What it says before its class: imports, and where the names of other cells are. */
  private final String head;
  /** Methods that another class has now: the key, and the name of that class. */
  private final Map<String, String> moved = new HashMap<>();

  Unit(String name, Cell cell, List<Piece> pieces, String head) {
    this.name = name;
    this.cell = cell;
    this.pieces = pieces;
    this.head = head;
  }

  String fullName() {
    return Compiler.PACKAGE + '.' + name;
  }

  boolean isDeclarations() {
    return pieces.stream().allMatch(each -> DECLARATIONS.contains(each.kind));
  }

  void move(Declaration method, Unit to) {
    moved.put(method.key, to.fullName());
  }

  Object run(Compiler compiler) throws Throwable {
    try {
      return compiler.load(fullName()).getMethod(RUN).invoke(null);
    } catch (InvocationTargetException wrapped) {
      throw wrapped.getCause();
    }
  }

  /** Its own, and those that the user has declared in it. */
  List<Class<?>> classes(Compiler compiler) {
    try {
      Class<?> own = compiler.load(fullName());
      List<Class<?>> classes = new ArrayList<>(Arrays.asList(own.getDeclaredClasses()));
      classes.add(own);
      return classes;
    } catch (ClassNotFoundException never) {
      throw new IllegalStateException(never);
    }
  }

  Source source() {
    generated = new Generated(cell.source);
    generated.ours("package " + Compiler.PACKAGE + ";\n").ours(head);
    for (Piece piece : pieces) if (piece.kind == Kind.IMPORT) generated.copy(piece.start, piece.end).ours("\n");
    generated.ours("public class " + name + " {\n");
    for (Piece piece : pieces) if (piece.declaration != null) declare(piece);
    generated.ours("\npublic static Object " + RUN + "() throws Throwable {\n");
    for (Piece piece : pieces) act(piece, piece == pieces.get(pieces.size() - 1));
    generated.ours("return krunner.javac.Value.of(() -> { });\n}\n}\n");
    return new Source(name, generated.toString());
  }

  private void declare(Piece piece) {
    Declaration declared = piece.declaration;
    boolean isVariable = piece.kind == Kind.VARIABLE;
    if (!isVariable) generated.copy(piece.start, declared.modifiers.start);
    generated.ours("public static ");
    generated.copyWithout(isVariable ? NOT_OF_VARIABLES : NOT_OF_MEMBERS, declared.modifiers).ours(" ");
    if (isVariable) declareVariable(declared);
    else if (moved.containsKey(declared.key)) forward(declared);
    else generated.copy(declared.modifiers.end, piece.end).ours("\n");
  }

  private void declareVariable(Declaration declared) {
    boolean isThere = declared.typeRange.isThere();
    if (isThere) generated.copy(declared.typeRange.start, declared.typeRange.end);
    generated.ours((isThere ? " " : declared.type + ' ') + declared.name + ";\n");
  }

  /** The method as it was, with a body that calls the one that has replaced it. */
  private void forward(Declaration declared) {
    String target = moved.get(declared.key) + '.' + declared.name;
    String call = target + '(' + String.join(", ", declared.parameters) + ");";
    generated.copy(declared.modifiers.end, declared.body.start);
    generated.ours("{ " + (declared.type.equals("void") ? "" : "return ") + call + " }\n");
  }

  /** Each in a condition that is always true, so that the compiler lets something follow an endless loop. */
  private void act(Piece piece, boolean isLast) {
    if (piece.kind == Kind.VARIABLE) {
      if (piece.declaration.value.isThere()) assign(piece.declaration);
    } else if (piece.kind == Kind.EXPRESSION && isLast) {
      int end = cell.source.charAt(piece.end - 1) == ';' ? piece.end - 1 : piece.end;
      generated.ours("if (true) return krunner.javac.Value.of(() -> ").copy(piece.start, end).ours("\n);\n");
    } else if (piece.kind == Kind.EXPRESSION || piece.kind == Kind.STATEMENT) {
      generated.ours("if (true) {").copy(piece.start, piece.end).ours("\n}\n");
    }
  }

  private void assign(Declaration declared) {
    // The values of an array alone do not say its type, as in its declaration they need not.
    boolean isList = cell.source.charAt(declared.value.start) == '{';
    generated.ours(declared.name + " = " + (isList ? "new " + declared.type + ' ' : ""));
    generated.copy(declared.value.start, declared.value.end).ours(";\n");
  }
}
