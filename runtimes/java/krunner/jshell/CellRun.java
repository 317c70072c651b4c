package krunner.jshell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import krunner.Engine.Failed;
import krunner.Stopped;
import krunner.Trace;
import krunner.UserCode;

/** Runs one cell: its snippets in their order, but declarations sooner where something before them needs them. */
final class CellRun {
  private final JShell shell;
  private final Control control;
  private final Places places;
  private final Cell cell;
  private final List<Chunk> waiting;
  private final Map<DeclarationSnippet, Chunk> declared = new LinkedHashMap<>();
  /** Variables of a type that was loaded anew. */
  private final List<VarSnippet> reset = new ArrayList<>();
  private boolean hasStatements;

  CellRun(JShell shell, Control control, Places places, Cell cell) {
    this.shell = shell;
    this.control = control;
    this.places = places;
    this.cell = cell;
    this.waiting = Chunk.split(shell.sourceCodeAnalysis(), cell.source);
  }

  void run() throws Failed {
    if (waiting.isEmpty()) return;
    Chunk broken = waiting.get(waiting.size() - 1);
    if (!broken.isWhole) throw rejected(eval(broken).get(0).snippet(), broken);
    SnippetEvent last = null;
    while (!waiting.isEmpty()) last = run(waiting.remove(0));
    new Unresolved(shell, cell).report(declared);
    tellOfReset();
    if (!hasStatements) runProgram();
    else show(last);
  }

  /** The event of the chunk itself. */
  private SnippetEvent run(Chunk chunk) throws Failed {
    List<SnippetEvent> events = eval(chunk);
    if (isRejected(events) && hoist()) events = eval(chunk);
    if (isRejected(events)) throw rejected(events.get(0).snippet(), chunk);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) note(event.snippet(), chunk);
      else if (event.snippet() instanceof VarSnippet && event.isSignatureChange()) reset.add((VarSnippet) event.snippet());
    }
    for (SnippetEvent event : events) if (event.exception() != null) throw thrown(event.exception());
    return events.get(0);
  }

  private List<SnippetEvent> eval(Chunk chunk) {
    if (UserCode.isInterrupted()) throw new Stopped();
    List<SnippetEvent> events = shell.eval(chunk.source);
    for (SnippetEvent event : events) if (event.causeSnippet() == null) places.add(event.snippet(), cell, chunk);
    if (UserCode.isInterrupted() || UserCode.exitCode() != null) throw new Stopped();
    return events;
  }

  private static boolean isRejected(List<SnippetEvent> events) {
    return events.get(0).status() == Status.REJECTED;
  }

  /** Declares what the rest of the cell declares. Whether there was anything. */
  private boolean hoist() throws Failed {
    List<Chunk> declarations = new ArrayList<>();
    for (Chunk chunk : waiting) if (chunk.declares(shell.sourceCodeAnalysis())) declarations.add(chunk);
    waiting.removeAll(declarations);
    for (Chunk chunk : declarations) run(chunk);
    return !declarations.isEmpty();
  }

  private void note(Snippet snippet, Chunk chunk) {
    if (snippet instanceof DeclarationSnippet) declared.put((DeclarationSnippet) snippet, chunk);
    Kind kind = snippet.kind();
    hasStatements |= kind == Kind.STATEMENT || kind == Kind.EXPRESSION || kind == Kind.VAR;
  }

  private Failed rejected(Snippet snippet, Chunk chunk) {
    shell.diagnostics(snippet)
        .filter(each -> each.isError())
        .forEach(each -> System.err.println(cell.error(chunk.start + (int) each.getPosition(), each.getMessage(null))));
    return new Failed("CompileError");
  }

  private Failed thrown(JShellException exception) {
    if (exception instanceof UnresolvedReferenceException) {
      String name = ((UnresolvedReferenceException) exception).getSnippet().name();
      System.err.println(name + " cannot be called until all that it needs is declared");
      return new Failed("UnresolvedReference");
    }
    System.err.print(Trace.of(control.thrown, places));
    return new Failed(control.thrown.getClass().getSimpleName());
  }

  private void runProgram() throws Failed {
    Throwable thrown = new Program(shell, control).run(declared.keySet());
    if (thrown == null) return;
    System.err.print("Exception in thread \"main\" " + Trace.of(thrown, places));
    throw new Failed(thrown.getClass().getSimpleName());
  }

  private void tellOfReset() {
    for (VarSnippet variable : reset)
      if (shell.status(variable) == Status.VALID && !declared.containsKey(variable))
        System.err.println(variable.name() + " was reset to null: its type has changed");
  }

  private static void show(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.value() == null) return;
    if (snippet instanceof ExpressionSnippet) show(((ExpressionSnippet) snippet).name(), event.value());
    if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) show(((VarSnippet) snippet).name(), event.value());
  }

  private static void show(String name, String value) {
    System.out.println(name + " ==> " + value);
  }
}
