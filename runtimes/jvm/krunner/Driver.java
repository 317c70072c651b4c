package krunner;

import java.nio.charset.StandardCharsets;
import sun.misc.Signal;

/**
 * Keeps a user's session on a JVM, 8 and later.
 *
 * The context is this process: each cell is compiled to classes which are loaded into it and stay. How, is the engine's
 * matter: {@code krunner.jshell} for JDK 9 and later, {@code krunner.javac} for JDK 8. User code runs on a thread of
 * its own ({@link UserCode}), {@code System.in} asks the user ({@link Stdin}), {@code System.exit} ends the cell
 * ({@link Jvm}). {@code docs/adding-a-language.md} has the protocol.
 *
 * Arguments: the library {@code libkrunner-jvm.so}, and the engine's class.
 */
public final class Driver {
  private final Channel channel = new Channel(UserCode::leave);
  private final Stdin stdin = new Stdin(channel);
  private final Engine engine;

  public static void main(String[] arguments) throws Exception {
    new Driver(arguments[0], arguments[1]).serve();
  }

  private Driver(String library, String engine) throws Exception {
    System.setIn(stdin);
    Output.install();
    Jvm.load(library);
    Jvm.catchExits();
    Signal.handle(new Signal("INT"), signal -> UserCode.interrupt(channel.hasRequest()));
    Jvm.countInterrupts();
    this.engine = (Engine) Class.forName(engine).getConstructor().newInstance();
    channel.send("ready", this.engine.banner());
    this.engine.warmUp();
  }

  private void serve() throws Exception {
    while (true) {
      Channel.Request request = channel.next();
      String[] words = request.words;
      switch (words[0]) {
        case "run":
          run(words[1], request.payload);
          break;
        case "complete":
          complete(words[1], request.payload, index(request.payload, words[2]));
          break;
        case "inspect":
          inspect(words[1], request.payload, index(request.payload, words[2]));
          break;
        default:
      }
    }
  }

  private void run(String id, String source) throws Exception {
    stdin.renew();
    UserCode.begin();
    int code = 0;
    String error = "";
    try {
      engine.run(id, source);
    } catch (Engine.Failed failed) {
      code = 1;
      error = failed.getMessage();
    } catch (Stopped stopped) {
      code = 1;
    } catch (Throwable ours) {
      code = 1;
      error = ours.getClass().getSimpleName();
      ours.printStackTrace();
    }
    UserCode.end();
    if (UserCode.exitCode() != null) {
      code = UserCode.exitCode();
      error = "";
    } else if (UserCode.isInterrupted()) {
      code = 1;
      error = "Interrupted";
      Output.ERR.println(error);
    }
    Output.flushAll();
    channel.send("done " + id + ' ' + code, error);
  }

  private void complete(String id, String source, int cursor) throws Exception {
    String matches;
    try {
      matches = String.join("\n", engine.complete(source, cursor));
    } catch (RuntimeException ofTheCompiler) {
      matches = "";
    }
    // Those that come after the answer may be meant for the next cell.
    UserCode.forgetInterrupts();
    channel.send("matches " + id, matches);
  }

  private void inspect(String id, String source, int cursor) throws Exception {
    String text;
    try {
      text = engine.inspect(source, cursor);
    } catch (RuntimeException ofTheCompiler) {
      text = "";
    }
    channel.send("doc " + id, text);
  }

  /** Of a cursor that counts bytes. */
  private static int index(String source, String cursor) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, 0, Integer.parseInt(cursor), StandardCharsets.UTF_8).length();
  }
}
