package krunner.jshell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.TypeDeclSnippet;
import krunner.Stopped;
import krunner.UserCode;

/** A cell that is a whole program: declarations only, and a {@code main} in one of them. */
final class Program {
  private static final String MAIN = "main";

  private final JShellEngine engine;

  Program(JShellEngine engine) {
    this.engine = engine;
  }

  /** Runs it to the end of its last thread, as a JVM would. What it threw, or null. */
  Throwable run(Collection<DeclarationSnippet> declared) {
    Method main = find(declared);
    if (main == null) return null;
    try {
      UserCode.call(() -> main.invoke(null, (Object) new String[0]));
      UserCode.awaitThreads();
      return null;
    } catch (Stopped stopped) {
      throw stopped;
    } catch (InvocationTargetException wrapped) {
      return wrapped.getCause();
    } catch (Throwable other) {
      return other;
    }
  }

  /** That of a class Main, else of a public class, else the first. */
  private Method find(Collection<DeclarationSnippet> declared) {
    Method found = null;
    for (DeclarationSnippet snippet : declared) {
      Method main = mainOf(snippet);
      if (main != null && (found == null || rank(main) > rank(found))) found = main;
    }
    return found;
  }

  private static int rank(Method main) {
    Class<?> type = main.getDeclaringClass();
    return type.getSimpleName().equals("Main") ? 2 : Modifier.isPublic(type.getModifiers()) ? 1 : 0;
  }

  private Method mainOf(DeclarationSnippet snippet) {
    String wrapper = engine.analysis.wrapper(snippet).fullClassName();
    boolean isType = snippet instanceof TypeDeclSnippet;
    try {
      Method main = engine.control.classNamed(isType ? wrapper + '$' + snippet.name() : wrapper).getDeclaredMethod(MAIN, String[].class);
      main.setAccessible(true);
      return Modifier.isStatic(main.getModifiers()) && main.getReturnType() == void.class ? main : null;
    } catch (ReflectiveOperationException noMain) {
      return null;
    }
  }
}
