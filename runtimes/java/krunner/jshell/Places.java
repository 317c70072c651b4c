package krunner.jshell;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import krunner.Cell;
import krunner.Trace;

/** Knows where in which cell a snippet stands, and so a frame of its compiled class. */
final class Places implements Trace.Places {
  /** The class that JShell wraps a snippet in, and what of the user's is in there. */
  private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$\\w+)(?:\\$(.*))?");
  private static final String STATEMENT = "do_it$";

  private static final class Place {
    final Cell cell;
    final int start;

    Place(Cell cell, int start) {
      this.cell = cell;
      this.start = start;
    }
  }

  private final JShell shell;
  private final Map<Snippet, Place> places = new HashMap<>();

  Places(JShell shell) {
    this.shell = shell;
  }

  void add(Snippet snippet, Cell cell, Chunk chunk) {
    places.put(snippet, new Place(cell, chunk.start));
  }

  @Override
  public boolean isOfCell(StackTraceElement frame) {
    return frame.getClassName().startsWith("REPL.");
  }

  /** {@code Type.method(<cell 3>:2)}, {@code method(<cell 3>:2)}, or the place alone for a statement. */
  @Override
  public String of(StackTraceElement frame) {
    Matcher names = WRAPPER.matcher(frame.getClassName());
    if (!names.matches()) return null;
    String place = place(names.group(1), frame.getLineNumber());
    String method = frame.getMethodName();
    if (place == null) return null;
    if (names.group(2) != null) return names.group(2).replace('$', '.') + '.' + method + '(' + place + ')';
    return method.equals(STATEMENT) ? place : method + '(' + place + ')';
  }

  private String place(String className, int line) {
    for (Map.Entry<Snippet, Place> entry : places.entrySet()) {
      SnippetWrapper wrapper = shell.sourceCodeAnalysis().wrapper(entry.getKey());
      if (!wrapper.fullClassName().equals(className)) continue;
      Place place = entry.getValue();
      return place.cell.place(place.start + offset(wrapper, line));
    }
    return null;
  }

  /** In the snippet, of the first thing of the user's in a line of the class. */
  private static int offset(SnippetWrapper wrapper, int line) {
    String code = wrapper.wrapped();
    int start = 0;
    for (int passed = 1; passed < line && start >= 0; passed++) start = code.indexOf('\n', start) + 1;
    int end = code.indexOf('\n', start);
    for (int at = start; at < (end < 0 ? code.length() : end); at++) {
      int offset = wrapper.wrappedToSourcePosition(at);
      if (offset > 0) return offset;
    }
    return Math.max(0, wrapper.wrappedToSourcePosition(start));
  }
}
