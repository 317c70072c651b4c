package krunner.jshell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
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
import krunner.Cell;
import krunner.Engine.Failed;
import krunner.Output;
import krunner.Program;
import krunner.Stopped;
import krunner.Trace;
import krunner.UserCode;

/** Runs one cell: its snippets in their order, but declarations sooner where something before them needs them. */
final class CellRun {
  private final JShellEngine engine;
  private final JShell shell;
  private final Cell cell;
  private final List<Chunk> waiting;
  private final Map<DeclarationSnippet, Chunk> declared = new LinkedHashMap<>();
  /** Variables of a type that was loaded anew. */
  private final List<VarSnippet> reset = new ArrayList<>();
  private boolean hasStatements;

  CellRun(JShellEngine engine, Cell cell) {
    this.engine = engine;
    this.shell = engine.shell;
    this.cell = cell;
    this.waiting = split(0);
  }

  void run() throws Failed {
    if (waiting.isEmpty()) return;
    Chunk last = waiting.get(waiting.size() - 1);
    if (!last.isWhole) throw rejected(errorsOf(eval(last)), last);
    SnippetEvent event = null;
    while (!waiting.isEmpty()) event = run(waiting.remove(0));
    new Unresolved(shell, cell).report(declared);
    tellOfReset();
    if (hasStatements) show(event);
    else runProgram();
  }

  /** The event of the chunk itself. */
  private SnippetEvent run(Chunk chunk) throws Failed {
    List<SnippetEvent> events = eval(engine.afresh(chunk));
    if (isRejected(events)) return retry(chunk, errorsOf(events));
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
    for (SnippetEvent event : events)
      if (event.causeSnippet() == null) engine.places.add(event.snippet(), cell, chunk);
    if (UserCode.isInterrupted() || UserCode.exitCode() != null) throw new Stopped();
    return events;
  }

  private static boolean isRejected(List<SnippetEvent> events) {
    return events.get(0).status() == Status.REJECTED;
  }

  /** What it lacks may stand further down; or it is a line without its semicolon, as JShell's own loop takes them. */
  private SnippetEvent retry(Chunk chunk, List<Diag> errors) throws Failed {
    int end = endOfLine(chunk, errors);
    if (end > 0) {
      waiting.clear();
      waiting.addAll(split(chunk.start + end));
      return run(chunk.statementTo(end));
    }
    if (hoist()) return run(chunk);
    throw rejected(errors, chunk);
  }

  /** Where the compiler misses a semicolon, if a line ends there; else 0. */
  private static int endOfLine(Chunk chunk, List<Diag> errors) {
    if (errors.isEmpty() || !errors.get(0).getMessage(null).equals("';' expected")) return 0;
    int end = (int) errors.get(0).getPosition();
    return chunk.source.substring(end).matches("[ \\t\\r]*\\n[\\s\\S]*") ? end : 0;
  }

  /** Declares what the rest of the cell declares. Whether there was anything. */
  private boolean hoist() throws Failed {
    List<Chunk> declarations = new ArrayList<>();
    for (Chunk chunk : waiting) if (chunk.declares(shell.sourceCodeAnalysis())) declarations.add(chunk);
    waiting.removeAll(declarations);
    for (Chunk chunk : declarations) run(chunk);
    return !declarations.isEmpty();
  }

  private List<Chunk> split(int start) {
    return Chunk.split(shell.sourceCodeAnalysis(), cell.source, start);
  }

  private void note(Snippet snippet, Chunk chunk) {
    if (snippet instanceof DeclarationSnippet) declared.put((DeclarationSnippet) snippet, chunk);
    Kind kind = snippet.kind();
    hasStatements |= kind == Kind.STATEMENT || kind == Kind.EXPRESSION || kind == Kind.VAR;
  }

  private List<Diag> errorsOf(List<SnippetEvent> events) {
    List<Diag> errors = new ArrayList<>();
    shell.diagnostics(events.get(0).snippet()).filter(each -> each.isError()).forEach(errors::add);
    return errors;
  }

  private Failed rejected(List<Diag> errors, Chunk chunk) {
    for (Diag error : errors)
      Output.ERR.println(cell.error(chunk.start + (int) error.getPosition(), error.getMessage(null)));
    return new Failed("CompileError");
  }

  private Failed thrown(JShellException exception) {
    if (exception instanceof UnresolvedReferenceException) {
      String name = ((UnresolvedReferenceException) exception).getSnippet().name();
      Output.ERR.println(name + " cannot be called until all that it needs is declared");
      return new Failed("UnresolvedReference");
    }
    Throwable thrown = engine.control.thrown;
    Output.ERR.print(Trace.of(thrown, engine.places));
    return new Failed(thrown.getClass().getSimpleName());
  }

  private void runProgram() throws Failed {
    List<Class<?>> classes = new ArrayList<>();
    for (DeclarationSnippet snippet : declared.keySet()) engine.classOf(snippet).ifPresent(classes::add);
    Throwable thrown = Program.run(classes);
    if (thrown == null) return;
    Output.ERR.print("Exception in thread \"main\" " + Trace.of(thrown, engine.places));
    throw new Failed(thrown.getClass().getSimpleName());
  }

  private void tellOfReset() {
    for (VarSnippet variable : reset)
      if (shell.status(variable) == Status.VALID && !declared.containsKey(variable))
        Output.ERR.println(variable.name() + " was reset to null: its type has changed");
  }

  private static void show(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.value() == null) return;
    if (snippet instanceof ExpressionSnippet) show(((ExpressionSnippet) snippet).name(), event.value());
    if (snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
      show(((VarSnippet) snippet).name(), event.value());
  }

  private static void show(String name, String value) {
    Output.OUT.println(name + " ==> " + value);
  }
}
