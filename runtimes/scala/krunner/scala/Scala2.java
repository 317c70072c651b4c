package krunner.scala;

import static krunner.scala.Reflected.call;
import static krunner.scala.Reflected.callStatic;
import static krunner.scala.Reflected.create;
import static krunner.scala.Reflected.text;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import krunner.Output;
import krunner.Trace;
import krunner.UserCode;

/** The REPL of Scala 2.11 to 2.13. */
final class Scala2 implements Repl {
  private static final String INTERPRETER = "scala.tools.nsc.interpreter.";

  private final StringWriter said = new StringWriter();
  private final Object interpreter;
  private final Lines2 lines = new Lines2();
  private Object completer;

  Scala2() throws Throwable {
    Object settings = create("scala.tools.nsc.Settings");
    // Classes, not objects: other threads would wait for ever for an object that is not made yet.
    Object arguments = callStatic("scala.Predef", "wrapRefArray", (Object) new String[] {"-usejavacp", "-Yrepl-class-based"});
    call(settings, "processArguments", call(arguments, "toList"), true);
    interpreter = interpreter(settings, new PrintWriter(said, true));
    initialize();
  }

  private void initialize() throws Throwable {
    try {
      call(interpreter, "initializeSynchronous");
    } catch (NoSuchMethodException since213) {
      call(interpreter, "initializeCompiler");
    }
  }

  private static Object interpreter(Object settings, PrintWriter out) throws Throwable {
    try {
      return create(INTERPRETER + "IMain", settings, out);
    } catch (NoSuchMethodException since213) {
      return create(INTERPRETER + "IMain", settings, create(INTERPRETER + "shell.ReplReporterImpl", settings, out));
    }
  }

  @Override
  public String version() {
    try {
      return (String) callStatic("scala.util.Properties", "versionNumberString");
    } catch (Throwable unknown) {
      return "2";
    }
  }

  @Override
  public String run(String code, String cellId) throws Throwable {
    said.getBuffer().setLength(0);
    call(call(interpreter, "reporter"), "reset");
    Object request = request(code);
    if (request == null) throw new Rejected(lines.errors(said.toString(), code, cellId, 0));
    int base = Lines2.base(request, code);
    if (!(Boolean) call(request, "compile")) throw new Rejected(lines.errors(said.toString(), code, cellId, base));
    Output.ERR.print(lines.errors(said.toString(), code, cellId, base));
    Object wrapper = call(request, "lineRep");
    lines.add(text(wrapper, "packageName"), cellId, code, base);
    String shown = evaluate(wrapper);
    call(interpreter, "recordRequest", request);
    return shown;
  }

  /** Null where it was refused, and why was said. */
  private Object request(String code) throws Throwable {
    Object result;
    try {
      result = call(interpreter, "requestFromLine", code, false);
    } catch (NoSuchMethodException since213) {
      result = call(interpreter, "requestFromLine", code, false, false);
    }
    Object either = call(result, "isRight");
    if ((Boolean) either) return call(call(result, "right"), "get");
    String why = String.valueOf(call(call(result, "left"), "get"));
    if (why.equals("Incomplete")) said.write(lines.incomplete(code));
    return null;
  }

  private String evaluate(Object wrapper) throws Throwable {
    Object none = call(callStatic("scala.Predef", "wrapRefArray", (Object) new Object[0]), "toList");
    try {
      return String.valueOf(UserCode.call(() -> {
        Thread.currentThread().setContextClassLoader((ClassLoader) call(interpreter, "classLoader"));
        return call(wrapper, "call", "$print", none);
      }));
    } catch (krunner.Stopped stopped) {
      throw stopped;
    } catch (Throwable thrown) {
      Throwable users = unwrapped(thrown);
      throw new Thrown(users.getClass().getSimpleName(), Trace.of(users, lines));
    }
  }

  /** Without what loading the user's object has put around it. */
  private static Throwable unwrapped(Throwable thrown) {
    boolean isWrapper = thrown instanceof InvocationTargetException || thrown instanceof ExceptionInInitializerError;
    return isWrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
  }

  @Override
  public List<String> complete(String text) throws Throwable {
    if (completer == null) completer = completer();
    List<String> names = names(call(call(completer, "complete", text, text.length()), "candidates"));
    // In 2.11 it knows members only.
    return names.isEmpty() && !text.matches("(?s).*\\.\\w*") ? declared() : names;
  }

  private List<String> declared() throws Throwable {
    try {
      return names(call(interpreter, "unqualifiedIds"));
    } catch (NoSuchMethodException since213) {
      return new ArrayList<>();
    }
  }

  private static List<String> names(Object candidates) throws Throwable {
    List<String> names = new ArrayList<>();
    for (Object all = call(candidates, "iterator"); (Boolean) call(all, "hasNext"); ) {
      Object candidate = call(all, "next");
      names.add(candidate instanceof String ? (String) candidate : text(candidate, "name"));
    }
    return names;
  }

  private Object completer() throws Throwable {
    try {
      return create(INTERPRETER + "PresentationCompilerCompleter", interpreter);
    } catch (ClassNotFoundException since213) {
      return create(INTERPRETER + "shell.ReplCompletion", interpreter, create(INTERPRETER + "shell.Accumulator"));
    }
  }
}
