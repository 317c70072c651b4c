package krunner.scala;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a cell into what is compiled and run at a time: a run of definitions, which may name each other, or one statement,
 * so that what ran before an error stays. By lines, brackets and a few words; where that was wrong, the engine takes the
 * rest of the cell as one.
 */
final class Pieces {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "(?:(?:@\\w+(?:\\([^)]*\\))?|private|protected|final|sealed|abstract|implicit|inline|opaque|open|override|infix"
              + "|transparent|case|lazy)\\s+)*"
              + "(?:def|class|object|trait|type|import|enum|given|extension|package|export)\\b.*|@\\w+.*|implicit\\s.*",
          Pattern.DOTALL);
  private static final Pattern CONTINUES =
      Pattern.compile("(?:[.)}\\]{|&]|(?:else|catch|finally|with|extends|yield|do|then|match|case(?!\\s+(?:class|object))|end|derives)\\b).*", Pattern.DOTALL);
  private static final Pattern GOES_ON =
      Pattern.compile("(?s).*(?:[=+*/<>&|,.:?~^%({\\[-]|\\b(?:else|extends|with|yield|do|then|match|try|new))\\s*|@\\w+\\s*");

  private Pieces() {}

  /** Each with as many empty lines in front that its lines have the numbers of the cell's. */
  static List<String> of(String cell) {
    String[] lines = cell.split("\n", -1);
    String[] codes = Opaque.blanked(cell).split("\n", -1);
    List<Integer> starts = starts(codes);
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.length;
      pieces.add(padded(lines, starts.get(i), end));
    }
    return pieces;
  }

  /** The piece and all that follow it, as one. */
  static String rest(String cell, List<String> pieces, int first) {
    int start = 0;
    while (start < pieces.get(first).length() && pieces.get(first).charAt(start) == '\n') start++;
    String[] lines = cell.split("\n", -1);
    return padded(lines, start, lines.length);
  }

  private static String padded(String[] lines, int start, int end) {
    StringBuilder piece = new StringBuilder();
    for (int line = 0; line < end; line++) piece.append(line < start ? "" : lines[line]).append('\n');
    return piece.substring(0, piece.length() - 1);
  }

  private static List<Integer> starts(String[] codes) {
    List<Integer> starts = new ArrayList<>();
    int depth = 0;
    int indent = -1;
    boolean wasDefinition = false;
    String previous = "";
    for (int i = 0; i < codes.length; i++) {
      String code = codes[i].trim();
      if (code.isEmpty()) continue;
      int own = codes[i].indexOf(code);
      if (indent < 0) indent = own;
      boolean begins = depth == 0 && own <= indent && !CONTINUES.matcher(code).matches() && !GOES_ON.matcher(previous).matches();
      boolean isDefinition = DEFINITION.matcher(code).matches();
      if (starts.isEmpty() || (begins && !(isDefinition && wasDefinition))) starts.add(i);
      if (begins) wasDefinition = isDefinition;
      depth = Math.max(0, depth + balance(code));
      previous = code;
    }
    return starts;
  }

  private static int balance(String code) {
    int balance = 0;
    for (char letter : code.toCharArray()) {
      if ("([{".indexOf(letter) >= 0) balance++;
      if (")]}".indexOf(letter) >= 0) balance--;
    }
    return balance;
  }
}
