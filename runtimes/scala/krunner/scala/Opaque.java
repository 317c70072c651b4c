package krunner.scala;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scala's comments and quotes. */
final class Opaque {
  private static final Pattern OPAQUE =
      Pattern.compile("//[^\\n]*+|/\\*(?s:.*?)\\*/|\"\"\"(?s:.*?)\"\"\"\"*+|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])'");

  private Opaque() {}

  /** The source, as long and with as many lines: blanks for comments, a letter for what is in quotes. */
  static String blanked(String source) {
    StringBuilder code = new StringBuilder(source);
    Matcher found = OPAQUE.matcher(source);
    while (found.find()) {
      char stand = source.charAt(found.start()) == '/' ? ' ' : '_';
      for (int at = found.start(); at < found.end(); at++) if (code.charAt(at) != '\n') code.setCharAt(at, stand);
    }
    return code.toString();
  }
}
