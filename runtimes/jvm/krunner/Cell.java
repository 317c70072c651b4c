package krunner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell's source, and how its places are called. */
public final class Cell {
  private static final Pattern PACKAGE =
      Pattern.compile("\\A(?:\\s++|//[^\\n]*+|/\\*.*?\\*/)*+(package\\s[\\w.\\s]+;?)", Pattern.DOTALL);

  private final String id;
  public final String source;

  public Cell(String id, String source) {
    this.id = id;
    this.source = withoutPackage(source);
  }

  /** A whole program's; what a session declares is in one package. */
  private static String withoutPackage(String source) {
    Matcher found = PACKAGE.matcher(source);
    if (!found.find()) return source;
    String blank = found.group(1).replaceAll("[^\\n]", " ");
    return source.substring(0, found.start(1)) + blank + source.substring(found.end(1));
  }

  /** {@code <cell 3>:2}, of an offset in the source. */
  public String place(int offset) {
    return name() + ':' + lineOf(offset);
  }

  private String name() {
    return "<cell " + id + '>';
  }

  private int lineOf(int offset) {
    int line = 1;
    for (int i = 0; i < offset && i < source.length(); i++) if (source.charAt(i) == '\n') line++;
    return line;
  }

  /** An error as the compiler prints it: its line and what is wrong, the line itself, and more words. */
  public String error(int offset, String message) {
    String[] said = message.split("\n", 2);
    if (offset < 0) return name() + ": error: " + message;
    int at = Math.min(offset, source.length());
    int start = source.lastIndexOf('\n', at - 1) + 1;
    int end = source.indexOf('\n', at);
    String line = source.substring(start, end < 0 ? source.length() : end);
    String error = place(at) + ": error: " + said[0] + '\n' + line + '\n' + caret(line, at - start);
    return said.length > 1 ? error + '\n' + said[1] : error;
  }

  /** Under that column, where the line has tabs too. */
  private static String caret(String line, int column) {
    StringBuilder caret = new StringBuilder();
    for (int i = 0; i < column; i++) caret.append(line.charAt(i) == '\t' ? '\t' : ' ');
    return caret.append('^').toString();
  }
}
