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
  private static final Pattern CLASS = Pattern.compile("(\\$line\\d+)\\.\\$read\\$?(.*)");
  private static final Pattern WRAPPERS = Pattern.compile("^(?:\\$?\\$iw\\$?|\\$)+\\.?");

  private static final class Piece {
    final String cellId;
    final int base;

    Piece(String cellId, int base) {
      this.cellId = cellId;
      this.base = base;
    }
  }

  /** By the package that the engine makes for it. */
  private final Map<String, Piece> pieces = new HashMap<>();

  void add(String packageName, String cellId, int base) {
    pieces.put(packageName, new Piece(cellId, base));
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
    return lineOf(source, first) - own;
  }

  private static int lineOf(String text, String wanted) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) if (lines[i].trim().equals(wanted)) return i;
    return 0;
  }

  String errors(String said, String cellId, int base) {
    StringBuffer text = new StringBuffer();
    Matcher place = PLACE.matcher(ON_LINE.matcher(said).replaceAll("<console>:$1: "));
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
    if (piece == null || frame.getLineNumber() <= piece.base) return null;
    String place = "<cell " + piece.cellId + ">:" + (frame.getLineNumber() - piece.base);
    String type = WRAPPERS.matcher(names.group(2)).replaceFirst("").replaceAll("\\$$", "");
    String method = frame.getMethodName().replaceAll("^.*\\$\\$|\\$\\d+$", "");
    if (method.contains("init>")) return place;
    return (type.isEmpty() ? "" : type.replace('$', '.') + '.') + method + '(' + place + ')';
  }
}
