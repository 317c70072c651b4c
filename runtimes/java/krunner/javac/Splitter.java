package krunner.javac;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a cell where its declarations and statements end, by brackets and a few words. */
final class Splitter {
  private static final Pattern WORD = Pattern.compile("\\G\\s*(\\w+)");
  private static final Set<String> GO_ON = new HashSet<>(Arrays.asList("else", "catch", "finally"));
  private static final Set<String> EXPRESSIONS = new HashSet<>(Arrays.asList("return", "throw", "new"));

  /** The cell, with blanks for what is in comments and quotes, so that brackets are brackets. */
  private final String code;
  private final List<int[]> parts = new ArrayList<>();
  private int start;
  private int depth;
  private boolean hasValue;

  private Splitter(String code) {
    this.code = code;
  }

  /** Start and end of each part; null where the cell ends before its brackets or quotes do. */
  static List<int[]> split(String cell) {
    String code = Blanks.of(cell);
    return code == null ? null : new Splitter(code).split();
  }

  private List<int[]> split() {
    for (int at = 0; at < code.length(); at++) step(at);
    if (depth > 0) return null;
    add(code.length());
    return parts;
  }

  private void step(int at) {
    char letter = code.charAt(at);
    if ("([{".indexOf(letter) >= 0) depth++;
    if (")]}".indexOf(letter) >= 0) depth--;
    if (depth > 0) return;
    if (isAssignment(at)) hasValue = true;
    if ((letter == ';' || (letter == '}' && !isValue())) && !goesOn(at + 1)) add(at + 1);
  }

  /** Also the arrow of a lambda. */
  private boolean isAssignment(int at) {
    char letter = code.charAt(at);
    return letter == '=' || (letter == '>' && at > 0 && code.charAt(at - 1) == '-');
  }

  /** Whether the bracket that has just closed is of a value, such as an array or a class without a name. */
  private boolean isValue() {
    return hasValue || EXPRESSIONS.contains(wordAt(start));
  }

  private boolean goesOn(int at) {
    String next = wordAt(at);
    return GO_ON.contains(next) || (next.equals("while") && wordAt(start).equals("do"));
  }

  private String wordAt(int at) {
    Matcher word = WORD.matcher(code);
    return word.find(at) ? word.group(1) : "";
  }

  private void add(int end) {
    if (!code.substring(start, end).trim().isEmpty()) parts.add(new int[] {start, end});
    start = end;
    hasValue = false;
    depth = 0;
  }
}
