package krunner.scala;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import krunner.Engine;
import krunner.Output;
import krunner.Stopped;
import krunner.UserCode;

/**
 * Scala, by the engine of its own REPL in this process: {@code scala.tools.nsc.interpreter.IMain} in Scala 2, {@code
 * dotty.tools.repl.ReplDriver} in Scala 3. It keeps the context: each piece of a cell is an object that imports what
 * those before it have defined.
 */
public final class ScalaEngine implements Engine {
  private final Repl repl;

  public ScalaEngine() throws Throwable {
    repl = isThere("dotty.tools.repl.ReplDriver") ? new Scala3() : new Scala2();
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, ScalaEngine.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException another) {
      return false;
    }
  }

  @Override
  public String banner() {
    return "Scala " + repl.version();
  }

  @Override
  public void warmUp() {
    try {
      repl.run("", "");
      repl.complete("1.");
    } catch (Throwable notYet) {
      // Whatever it is, the first cell will say so.
    }
  }

  @Override
  public void run(String id, String source) throws Failed {
    if (Opaque.blanked(source).trim().isEmpty()) return;
    List<String> pieces = Pieces.of(source);
    String shown = "";
    for (int i = 0; i < pieces.size(); i++) {
      String piece = run(pieces.get(i), id, i == pieces.size() - 1);
      // What it needs may stand further down.
      shown = piece != null ? piece : run(Pieces.rest(source, pieces, i), id, true);
      if (piece == null) break;
    }
    Output.OUT.print(Shown.value(shown));
  }

  /** What is shown of the code; null where it does not compile, but more of the cell could. */
  private String run(String code, String id, boolean isLast) throws Failed {
    if (UserCode.isInterrupted()) throw new Stopped();
    try {
      return repl.run(code, id);
    } catch (Repl.Rejected rejected) {
      if (!isLast) return null;
      Output.ERR.print(rejected.getMessage());
      throw new Failed("CompileError");
    } catch (Repl.Thrown thrown) {
      Output.ERR.print(thrown.getMessage());
      throw new Failed(thrown.name);
    } catch (Stopped stopped) {
      throw stopped;
    } catch (Throwable ours) {
      throw new IllegalStateException(ours);
    }
  }

  @Override
  public List<String> complete(String source, int cursor) {
    String text = source.substring(0, cursor);
    int start = text.length();
    while (start > 0 && isOfName(text.charAt(start - 1))) start--;
    int word = start;
    while (word > 0 && (isOfName(text.charAt(word - 1)) || text.charAt(word - 1) == '.')) word--;
    Set<String> matches = new LinkedHashSet<>();
    try {
      for (String name : repl.complete(text))
        if (name.startsWith(text.substring(start))) matches.add(text.substring(word, start) + name);
    } catch (Throwable ofTheCompiler) {
      return new ArrayList<>();
    }
    return new ArrayList<>(matches);
  }

  private static boolean isOfName(char letter) {
    return Character.isJavaIdentifierPart(letter);
  }

  @Override
  public String inspect(String source, int cursor) {
    return "";
  }
}
