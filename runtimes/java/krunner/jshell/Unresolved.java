package krunner.jshell;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import krunner.Cell;
import krunner.Engine.Failed;
import krunner.Output;

/** Declarations that name what nobody has declared: they are kept, and can be used once somebody has. */
final class Unresolved {
  private static final Pattern NAME = Pattern.compile("\\w+ ([\\w$]+)");

  private final JShell shell;
  private final Cell cell;

  Unresolved(JShell shell, Cell cell) {
    this.shell = shell;
    this.cell = cell;
  }

  void report(Map<DeclarationSnippet, Chunk> declared) throws Failed {
    boolean isComplete = true;
    for (Map.Entry<DeclarationSnippet, Chunk> entry : declared.entrySet()) {
      Status status = shell.status(entry.getKey());
      if (status != Status.RECOVERABLE_DEFINED && status != Status.RECOVERABLE_NOT_DEFINED) continue;
      isComplete = false;
      report(entry.getKey(), entry.getValue());
    }
    if (!isComplete) throw new Failed("CompileError");
  }

  private void report(DeclarationSnippet snippet, Chunk chunk) {
    List<String> missing = shell.unresolvedDependencies(snippet).collect(Collectors.toList());
    for (String symbol : missing) Output.ERR.println(cell.error(chunk.start + place(chunk, symbol), message(symbol)));
    Output.ERR.println(snippet.name() + " can be used once " + String.join(", ", missing) + " is declared");
  }

  private static String message(String symbol) {
    return "cannot find symbol\n  symbol:   " + symbol;
  }

  /** Of {@code method name(int)} or {@code class Name} in the source. */
  private static int place(Chunk chunk, String symbol) {
    Matcher name = NAME.matcher(symbol);
    if (!name.find()) return 0;
    Matcher use = Pattern.compile("\\b" + Pattern.quote(name.group(1)) + "\\b").matcher(chunk.source);
    return use.find() ? use.start() : 0;
  }
}
