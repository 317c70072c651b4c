package krunner.javac;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import krunner.Trace;

/** Knows where in which cell a frame of a unit's class is. */
final class Places implements Trace.Places {
  private static final Pattern CLASS = Pattern.compile("(REPL\\.C\\d+)(?:\\$(.*))?");
  /** Of an expression whose value is shown. */
  private static final String LAMBDA = "lambda$" + Unit.RUN + "$";

  private final Map<String, Unit> units = new HashMap<>();

  void add(Unit unit) {
    units.put(unit.fullName(), unit);
  }

  @Override
  public boolean isOfCell(StackTraceElement frame) {
    return frame.getClassName().startsWith(Compiler.PACKAGE + '.');
  }

  @Override
  public String of(StackTraceElement frame) {
    Matcher names = CLASS.matcher(frame.getClassName());
    Unit unit = names.matches() ? units.get(names.group(1)) : null;
    int offset = unit == null ? -1 : unit.generated.offsetOfLine(frame.getLineNumber());
    if (offset < 0) return null;
    String place = unit.cell.place(offset);
    String method = frame.getMethodName();
    if (names.group(2) != null) return names.group(2).replace('$', '.') + '.' + method + '(' + place + ')';
    boolean isStatement = method.equals(Unit.RUN) || method.startsWith(LAMBDA);
    return isStatement ? place : method + '(' + place + ')';
  }
}
