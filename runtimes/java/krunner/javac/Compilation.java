package krunner.javac;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import krunner.Jvm;

/** A unit is compiled. */
final class Compilation {
  final Map<String, byte[]> classes;
  private final Compiler compiler;
  private final Unit unit;
  private final List<String> errors = new ArrayList<>();

  Compilation(Compiler compiler, Unit unit) {
    this.compiler = compiler;
    this.unit = unit;
    this.classes = compiler.compile(unit.source(), this::note);
  }

  boolean isFine() {
    return !classes.isEmpty();
  }

  List<String> errors() {
    return errors;
  }

  /** Its class was loaded before, and gets these methods instead of its own. */
  void redefine() {
    for (Map.Entry<String, byte[]> each : classes.entrySet())
      try {
        if (each.getKey().equals(unit.fullName())) Jvm.redefine(compiler.load(each.getKey()), each.getValue());
      } catch (ClassNotFoundException | LinkageError never) {
        throw new IllegalStateException(never);
      }
  }

  private void note(Diagnostic<? extends JavaFileObject> found) {
    if (found.getKind() != Diagnostic.Kind.ERROR) return;
    int place = unit.generated.offsetInCell(found.getPosition());
    String message = found.getMessage(null).replaceAll("\\n *location: class REPL\\.C\\d+$", "");
    errors.add(unit.cell.error(place, message));
  }
}
