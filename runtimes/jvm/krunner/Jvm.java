package krunner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What only a debugger can do, by our library {@code libkrunner-jvm.so} ({@code native/jvm.c}). Where it cannot be
 * loaded, all of this does nothing and says so.
 */
public final class Jvm {
  private static boolean isLoaded;

  static void load(String library) {
    try {
      System.load(library);
      isLoaded = true;
    } catch (UnsatisfiedLinkError notBuilt) {
      System.err.println("interrupts of busy loops, exits and redefinitions will be weaker: " + notBuilt.getMessage());
    }
  }

  /** Throws the error in that thread, wherever it is. Since JDK 20 Java itself has no way to. */
  static void stop(Thread thread, Throwable error) {
    if (isLoaded) stop0(thread, error);
  }

  /** Gives a loaded class new method bodies. False where more than those has changed. */
  public static boolean redefine(Class<?> target, byte[] bytes) {
    return isLoaded && redefine0(target, bytes) == 0;
  }

  /** From now on System.exit() and Runtime.halt() come to {@link UserCode#exit}, from wherever. */
  static void catchExits() throws IOException {
    if (!isLoaded) return;
    Class<?> catcher = new ClassLoader(Jvm.class.getClassLoader()) {
      Class<?> define(byte[] bytes) {
        return defineClass(null, bytes, 0, bytes.length);
      }
    }.define(catcherBytes());
    replaceRuntime0(Runtime.class, catcher);
  }

  /** The compiled catcher, its superclass by its real name. Public members only, as it is loaded on its own. */
  private static byte[] catcherBytes() throws IOException {
    String code = new String(resource("ExitCatcher.class"), StandardCharsets.ISO_8859_1);
    String renamed = code.replace(constant("krunner/RuntimeStandIn"), constant("java/lang/Runtime"));
    return renamed.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** As it stands in a class file: two bytes of length, then the text. */
  private static String constant(String text) {
    return "" + (char) 0 + (char) text.length() + text;
  }

  private static byte[] resource(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = Jvm.class.getResourceAsStream(name)) {
      for (int next = in.read(); next >= 0; next = in.read()) bytes.write(next);
    }
    return bytes.toByteArray();
  }

  private static native int stop0(Thread thread, Throwable error);

  private static native int redefine0(Class<?> target, byte[] bytes);

  private static native void replaceRuntime0(Class<?> runtime, Class<?> substitute);
}
