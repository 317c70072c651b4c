package krunner.javac;

/** Source text without what is in its comments and quotes. */
final class Blanks {
  private final String source;
  private final StringBuilder code;
  private int at;

  private Blanks(String source) {
    this.source = source;
    this.code = new StringBuilder(source);
  }

  /** As long as the source; null where a comment or a quote has no end. */
  static String of(String source) {
    Blanks blanks = new Blanks(source);
    while (blanks.at < source.length()) if (!blanks.step()) return null;
    return blanks.code.toString();
  }

  /** False where what begins here does not end. */
  private boolean step() {
    char letter = source.charAt(at);
    if (source.startsWith("//", at)) return blank(orEnd(source.indexOf('\n', at)), ' ');
    if (source.startsWith("/*", at)) return blank(after(source.indexOf("*/", at + 2), 2), ' ');
    if (letter == '"' || letter == '\'') return blank(after(endOfQuote(letter), 1), '_');
    at++;
    return true;
  }

  private int orEnd(int found) {
    return found < 0 ? source.length() : found;
  }

  private static int after(int found, int length) {
    return found < 0 ? -1 : found + length;
  }

  private int endOfQuote(char quote) {
    for (int end = at + 1; end < source.length(); end++) {
      char letter = source.charAt(end);
      if (letter == quote) return end;
      if (letter == '\n') return -1;
      if (letter == '\\') end++;
    }
    return -1;
  }

  private boolean blank(int end, char stand) {
    for (; at < end; at++) if (code.charAt(at) != '\n') code.setCharAt(at, stand);
    return end >= 0;
  }
}
