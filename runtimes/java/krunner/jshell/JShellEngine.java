package krunner.jshell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import krunner.Cell;
import krunner.Engine;

/**
 * JDK 9 and later, by JShell's own engine in this process. Each statement or declaration of a cell is a snippet: a class,
 * whose static members are the user's variables, methods and types. A method that is defined again is put into the class
 * that has it already; what cannot be is loaded anew, and JShell compiles what depends on it again.
 */
public final class JShellEngine implements Engine {
  /** What the jshell tool imports at its start. */
  private static final String[] IMPORTS = {
    "java.io", "java.math", "java.net", "java.nio.file", "java.util", "java.util.concurrent",
    "java.util.function", "java.util.prefs", "java.util.regex", "java.util.stream",
  };

  final Control control = new Control();
  private int temporaries;
  final JShell shell =
      JShell.builder()
          .executionEngine(new Provider(), null)
          .tempVariableNameGenerator(() -> "$" + ++temporaries)
          .build();
  final SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
  final Places places = new Places(shell);
  /** Types with variables of their own, as they were said last. */
  private final Set<String> types = new HashSet<>();

  private final class Provider implements ExecutionControlProvider {
    @Override
    public String name() {
      return "krunner";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }

  @Override
  public String banner() {
    return "Java " + System.getProperty("java.version");
  }

  @Override
  public void warmUp() {
    for (String name : IMPORTS) shell.eval("import " + name + ".*;");
  }

  @Override
  public void run(String id, String source) throws Failed {
    new CellRun(this, new Cell(id, source)).run();
  }

  /** A type that is said again begins afresh, its static variables too; JShell would keep one that is just the same. */
  Chunk afresh(Chunk chunk) {
    if (!chunk.source.contains("static ") || types.add(chunk.source)) return chunk;
    types.remove(chunk.source);
    return chunk.shifted();
  }

  /** The user's class, or the one that the user's method is in. */
  Optional<Class<?>> classOf(DeclarationSnippet snippet) {
    String wrapper = analysis.wrapper(snippet).fullClassName();
    boolean isType = snippet instanceof TypeDeclSnippet;
    try {
      return Optional.of(control.classNamed(isType ? wrapper + '$' + snippet.name() : wrapper));
    } catch (ClassNotFoundException notLoaded) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> complete(String source, int cursor) {
    int[] anchor = {cursor};
    List<Suggestion> suggestions = analysis.completionSuggestions(source, cursor, anchor);
    String head = source.substring(startOfWord(source, anchor[0]), anchor[0]);
    LinkedHashSet<String> matches = new LinkedHashSet<>();
    for (Suggestion suggestion : suggestions) matches.add(head + suggestion.continuation());
    return new ArrayList<>(matches);
  }

  /** Names and the dots between them. */
  private static int startOfWord(String source, int end) {
    int start = end;
    while (start > 0 && isOfWord(source.charAt(start - 1))) start--;
    return start;
  }

  private static boolean isOfWord(char letter) {
    return letter == '.' || Character.isJavaIdentifierPart(letter);
  }

  @Override
  public String inspect(String source, int cursor) {
    StringBuilder text = new StringBuilder();
    int end = cursor;
    while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) end++;
    for (Documentation documentation : analysis.documentation(source, end, true)) {
      text.append(documentation.signature()).append('\n');
      if (documentation.javadoc() != null) text.append(documentation.javadoc()).append('\n');
    }
    return text.toString();
  }
}
