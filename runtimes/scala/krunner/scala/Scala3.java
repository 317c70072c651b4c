package krunner.scala;

import static krunner.scala.Reflected.call;
import static krunner.scala.Reflected.create;
import static krunner.scala.Reflected.callStatic;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import krunner.Stopped;
import krunner.UserCode;

/** The REPL of Scala 3. It compiles, runs and prints at once, so all of it is on the user's thread. */
final class Scala3 implements Repl {
  private static final Pattern COLOURS = Pattern.compile("\\u001b\\[[\\d;]*m");
  private static final Pattern ERROR = Pattern.compile("(?m)^-- (?:\\[E\\d+\\] )?[\\w ]*Error: ");
  private static final Pattern HEAD = Pattern.compile("(?m)^(-- (?:\\[E\\d+\\] )?[\\w ]*(?:Error|Warning)): -*$");
  private static final Pattern FRAME = Pattern.compile("(?:rs\\$line\\$\\d+\\$?\\.?)?([^\\s(]*)\\(rs\\$line\\$(\\d+):(\\d+)\\)");
  private static final Pattern ELIDED = Pattern.compile("(?m)^\\s*\\.\\.\\. \\d+ elided\\n");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Object driver;
  private Object state;
  /** Which cell an object of the REPL's is of, by its number. */
  private final Map<Integer, String> cells = new HashMap<>();

  Scala3() throws Throwable {
    String[] settings = {"-usejavacp", "-color:never"};
    Object loader = callStatic("scala.Option", "apply", ClassLoader.getSystemClassLoader());
    driver = create("dotty.tools.repl.ReplDriver", settings, new PrintStream(said, true, "UTF-8"), loader);
    state = call(driver, "initialState");
    UserCode.guard(Scala3::isInUserCode);
  }

  @Override
  public String version() {
    try {
      return (String) callStatic("dotty.tools.dotc.config.Properties", "versionNumberString");
    } catch (Throwable unknown) {
      return "3";
    }
  }

  @Override
  public String run(String code, String cellId) throws Throwable {
    said.reset();
    int number = (Integer) call(state, "objectIndex") + 1;
    cells.put(number, cellId);
    Object next = attempt(code);
    String text = COLOURS.matcher(said.toString("UTF-8")).replaceAll("");
    boolean isRejected = ERROR.matcher(text).find();
    boolean hasThrown = !isRejected && !call(next, "invalidObjectIndexes").equals(call(state, "invalidObjectIndexes"));
    state = next;
    if (isRejected) throw new Rejected(HEAD.matcher(text).replaceAll("$1 in <cell " + cellId + ">:"));
    if (hasThrown) throw thrown(text);
    return text;
  }

  /** A compiler that is stopped in the middle would never recover. */
  private static boolean isInUserCode(StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) if (frame.getClassName().startsWith("rs$line$")) return true;
    return false;
  }

  private Object attempt(String code) throws Throwable {
    try {
      return UserCode.call(() -> interpret(code));
    } catch (Stopped stopped) {
      state = next(state);
      throw stopped;
    }
  }

  /** As the REPL's own {@code run}, which would have {@code System.out} and {@code System.err} for itself meanwhile. */
  private Object interpret(String code) throws Throwable {
    Object loader = call(call(driver, "rendering"), "classLoader", call(state, "context"));
    Thread.currentThread().setContextClassLoader((ClassLoader) loader);
    return call(driver, "interpret", callStatic("dotty.tools.repl.ParseResult", "complete", code, state), state);
  }

  /** The number of the object that was stopped must not be used again. */
  private static Object next(Object state) throws Throwable {
    Object[] parts = new Object[(Integer) call(state, "productArity")];
    for (int i = 0; i < parts.length; i++) parts[i] = call(state, "productElement", i);
    parts[0] = (Integer) parts[0] + 1;
    return create(state.getClass().getName(), parts);
  }

  private Thrown thrown(String text) {
    StringBuffer trace = new StringBuffer();
    Matcher frame = FRAME.matcher(ELIDED.matcher(text).replaceAll(""));
    while (frame.find()) {
      String cell = cells.getOrDefault(Integer.parseInt(frame.group(2)), "?");
      String place = "<cell " + cell + ">:" + frame.group(3);
      frame.appendReplacement(trace, Matcher.quoteReplacement(frame.group(1) + '(' + place + ')'));
    }
    String name = text.replaceAll("(?s)[:\\s].*", "");
    return new Thrown(name.replaceAll(".*\\.", ""), frame.appendTail(trace).toString());
  }

  @Override
  public List<String> complete(String text) throws Throwable {
    Object candidates = call(driver, "completions", text.length(), text, state);
    List<String> names = new ArrayList<>();
    for (Object all = call(candidates, "iterator"); (Boolean) call(all, "hasNext"); )
      names.add((String) call(call(all, "next"), "value"));
    return names;
  }
}
