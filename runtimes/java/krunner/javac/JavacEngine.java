package krunner.javac;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import krunner.Cell;
import krunner.Engine;
import krunner.Output;
import krunner.Program;
import krunner.Stopped;
import krunner.Trace;
import krunner.UserCode;

/**
 * JDK 8, by the compiler that every JDK brings. Each cell is a class: what it declares are static members, which later
 * cells import by their names, each from the class that declared it last. A method that is defined again takes over from
 * the one before: that one's class is compiled again, to call it.
 */
public final class JavacEngine implements Engine {
  private final Compiler compiler = new Compiler();
  private final Parser parser = new Parser(compiler);
  private final Names names = new Names();
  private final Places places = new Places();
  private int units;

  @Override
  public String banner() {
    return "Java " + System.getProperty("java.version");
  }

  /** The compiler is slow the first time. */
  @Override
  public void warmUp() {
    compiler.compile(new Source("Warm", names.head("") + "class Warm { }"), ignored -> { });
  }

  @Override
  public void run(String id, String source) throws Failed {
    Cell cell = new Cell(id, source);
    List<Unit> made = new ArrayList<>();
    try {
      for (List<Piece> pieces : groups(cell)) made.add(run(cell, pieces));
    } catch (IOException ofNoFile) {
      throw new IllegalStateException(ofNoFile);
    }
    if (made.isEmpty()) return;
    if (made.stream().allMatch(Unit::isDeclarations)) runProgram(made);
    else show(made.get(made.size() - 1).value);
  }

  /** Pieces of a class each: what is declared twice in a cell is in two. */
  private List<List<Piece>> groups(Cell cell) throws IOException, Failed {
    List<int[]> parts = Splitter.split(cell.source);
    if (parts == null) throw fail(cell.error(cell.source.length(), "reached end of file while parsing"));
    List<List<Piece>> groups = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int[] part : parts)
      for (Piece piece : parser.parse(cell.source, part[0], part[1])) {
        boolean isAgain = piece.declaration != null && keys.contains(piece.declaration.key);
        if (groups.isEmpty() || isAgain) {
          groups.add(new ArrayList<>());
          keys.clear();
        }
        if (piece.declaration != null) keys.add(piece.declaration.key);
        groups.get(groups.size() - 1).add(piece);
      }
    return groups;
  }

  private Unit run(Cell cell, List<Piece> pieces) throws Failed {
    Unit unit = new Unit("C" + ++units, cell, pieces, names.head(cell.source));
    Compilation compilation = new Compilation(compiler, unit);
    if (!compilation.isFine()) throw fail(String.join("\n", compilation.errors()));
    compiler.keep(compilation.classes);
    places.add(unit);
    for (Piece piece : pieces) if (piece.declaration != null) replace(names.add(piece, unit), piece, unit);
    names.importAll(unit);
    execute(unit);
    return unit;
  }

  /** Callers of a method that was said before call the new one. */
  private void replace(Unit before, Piece piece, Unit unit) {
    if (before == null || piece.kind != Piece.Kind.METHOD) return;
    before.move(piece.declaration, unit);
    new Compilation(compiler, before).redefine();
  }

  private void execute(Unit unit) throws Failed {
    if (UserCode.isInterrupted()) throw new Stopped();
    try {
      // What shows it is the user's code, too.
      unit.value = UserCode.call(() -> Value.shown(unit.run(compiler)));
    } catch (Stopped stopped) {
      throw stopped;
    } catch (Throwable thrown) {
      Output.ERR.print(Trace.of(thrown, places));
      throw new Failed(thrown.getClass().getSimpleName());
    }
  }

  private static void show(Object value) {
    if (value != Value.NONE) Output.OUT.println("==> " + value);
  }

  private void runProgram(List<Unit> made) throws Failed {
    List<Class<?>> classes = new ArrayList<>();
    for (Unit unit : made) classes.addAll(unit.classes(compiler));
    Throwable thrown = Program.run(classes);
    if (thrown == null) return;
    Output.ERR.print("Exception in thread \"main\" " + Trace.of(thrown, places));
    throw new Failed(thrown.getClass().getSimpleName());
  }

  private static Failed fail(String message) {
    Output.ERR.println(message);
    return new Failed("CompileError");
  }

  @Override
  public List<String> complete(String source, int cursor) {
    return new Completion(names, compiler).complete(source.substring(0, cursor));
  }

  @Override
  public String inspect(String source, int cursor) {
    return "";
  }
}
