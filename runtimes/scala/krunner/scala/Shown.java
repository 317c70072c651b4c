package krunner.scala;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the REPL prints of a piece. */
final class Shown {
  private static final Pattern RESULT = Pattern.compile("(?m)^(?:(?:lazy )?val )?res\\d+: ");

  private Shown() {}

  /** The part that shows the value of an expression at its end; empty where there is none. */
  static String value(String shown) {
    Matcher result = RESULT.matcher(shown);
    int start = -1;
    while (result.find()) start = result.start();
    return start < 0 ? "" : shown.substring(start).trim() + '\n';
  }
}
