package krunner.scala;

import static krunner.scala.Reflected.call;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import krunner.Trace;

/**
 * Lines of Scala 2. Its compiler counts from the beginning of the object that it wraps a piece in (until 2.12), so we
 * ask for that object's source, and look where in it the piece begins.
 */
final class Lines2 implements Trace.Places {
  private static final Pattern PLACE = Pattern.compile("(?m)^(?:<console>|<pastie>|<synthetic>):(\\d+): ");
  private static final Pattern ON_LINE = Pattern.compile("(?m)^On line (\\d+): ");
  /** As 2.13 has it for a single line. */
  private static final Pattern NO_PLACE = Pattern.compile("(?m)^\\s+(error|warning): ");
  private static final Pattern CLASS = Pattern.compile("(\\$line\\d+)\\.\\$read\\$?(.*)");
  private static final Pattern WRAPPERS = Pattern.compile("^(?:\\$?\\$iw\\$?|\\$)+\\.?");

  /** In front of that source. */
  private static final int PACKAGE_LINES = 2;

  private static final class Piece {
    final String cellId;
    final int base;
    final int last;

    Piece(String cellId, int base, int last) {
      this.cellId = cellId;
      this.base = base;
      this.last = last;
    }
  }

  /** By the package that the engine makes for it. */
  private final Map<String, Piece> pieces = new HashMap<>();

  void add(String packageName, String cellId, String code, int base) {
    pieces.put(packageName, new Piece(cellId, base, base + code.split("\n", -1).length));
  }

  /** How many lines the wrapper has before the piece's own. */
  static int base(Object request, String code) throws Throwable {
    String source;
    try {
      source = (String) call(call(request, "ObjectSourceCode"), "apply", call(request, "handlers"));
    } catch (NoSuchMethodException since213) {
      return 0;
    }
    String first = code.trim().split("\n")[0].trim();
    int own = lineOf(code, first);
    return PACKAGE_LINES + lineOf(source, first) - own;
  }

  private static int lineOf(String text, String wanted) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) if (lines[i].trim().equals(wanted)) return i;
    return 0;
  }

  /** What the compiler says of the code, with the places in the cell. */
  String errors(String said, String code, String cellId, int base) {
    String only = "<console>:" + (lineOf(code, code.trim()) + 1 + base) + ": $1: ";
    String placed = ON_LINE.matcher(said).replaceAll("<console>:$1: ");
    StringBuffer text = new StringBuffer();
    Matcher place = PLACE.matcher(NO_PLACE.matcher(placed).replaceAll(only));
    while (place.find()) {
      int line = Math.max(1, Integer.parseInt(place.group(1)) - base);
      place.appendReplacement(text, "<cell " + cellId + ">:" + line + ": ");
    }
    return place.appendTail(text).toString();
  }

  /** What the REPL would wait for the end of. */
  String incomplete(String code) {
    int lines = code.split("\n", -1).length;
    return "<console>:" + lines + ": error: the end of the cell, and the code is not complete\n";
  }

  @Override
  public boolean isOfCell(StackTraceElement frame) {
    return frame.getClassName().startsWith("$line");
  }

  @Override
  public String of(StackTraceElement frame) {
    Matcher names = CLASS.matcher(frame.getClassName());
    Piece piece = names.matches() ? pieces.get(names.group(1)) : null;
    int line = frame.getLineNumber();
    if (piece == null || line <= piece.base || line > piece.last) return null;
    String place = "<cell " + piece.cellId + ">:" + (line - piece.base);
    String type = WRAPPERS.matcher(names.group(2)).replaceFirst("").replaceAll("\\$$", "");
    String method = frame.getMethodName().replaceAll("^.*\\$\\$|\\$\\d+$", "");
    if (method.contains("init>")) return frame.getClassName().endsWith("$iw") ? place : null;
    return (type.isEmpty() ? "" : type.replace('$', '.') + '.') + method + '(' + place + ')';
  }
}
