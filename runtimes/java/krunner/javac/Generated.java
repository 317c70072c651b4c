package krunner.javac;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source made of a cell's own text and of ours, which knows what came from where. */
final class Generated {
  private final String cell;
  private final StringBuilder text = new StringBuilder();
  /** Each: where it is in here, where in the cell, and its length. */
  private final List<int[]> copies = new ArrayList<>();

  Generated(String cell) {
    this.cell = cell;
  }

  Generated ours(String more) {
    text.append(more);
    return this;
  }

  Generated copy(int start, int end) {
    if (end > start) copies.add(new int[] {text.length(), start, end - start});
    text.append(cell, start, end);
    return this;
  }

  /** With blanks for some words of it. */
  Generated copyWithout(Pattern words, Declaration.Range range) {
    int from = text.length();
    copy(range.start, range.end);
    Matcher found = words.matcher(text.substring(from));
    while (found.find())
      for (int at = found.start(); at < found.end(); at++) text.setCharAt(from + at, ' ');
    return this;
  }

  /** In the cell, of a place in here; -1 where that is ours. */
  int offsetInCell(long place) {
    for (int[] copy : copies)
      if (place >= copy[0] && place <= copy[0] + copy[2]) return copy[1] + (int) (place - copy[0]);
    return -1;
  }

  /** In the cell, of the first thing of its that is in a line of this text; -1 where there is none. */
  int offsetOfLine(int line) {
    int start = 0;
    for (int passed = 1; passed < line; passed++) start = text.indexOf("\n", start) + 1;
    int end = text.indexOf("\n", start);
    for (int at = start; at < end; at++)
      if (!Character.isWhitespace(text.charAt(at)) && offsetInCell(at) >= 0) return offsetInCell(at);
    return -1;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
