package krunner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

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

  /** Once there is a handler for them. */
  static void countInterrupts() {
    if (isLoaded) countInterrupts0();
  }

  /** How many were sent until now, whether Java has heard of them or not; {@code heard} where nobody can know. */
  static int interrupts(int heard) {
    return isLoaded ? interrupts0() : heard;
  }

  /** Gives a loaded class new method bodies. False where more than those has changed. */
  public static boolean redefine(Class<?> target, byte[] bytes) {
    return isLoaded && redefine0(target, bytes) == 0;
  }

  /** From now on System.exit() and Runtime.halt() come to {@link UserCode#exit}, from wherever. */
  static void catchExits() throws IOException, ClassNotFoundException {
    if (!isLoaded || catchExits0(Class.forName("java.lang.Shutdown"), UserCode.class) != 0) return;
    redefine(Runtime.class, ExitRewriter.rewrite(compiled(Runtime.class)));
  }

  private static byte[] compiled(Class<?> type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      for (int count = in.read(part); count >= 0; count = in.read(part)) bytes.write(part, 0, count);
    }
    return bytes.toByteArray();
  }

  private static native int stop0(Thread thread, Throwable error);

  private static native void countInterrupts0();

  private static native int interrupts0();

  private static native int redefine0(Class<?> target, byte[] bytes);

  private static native int catchExits0(Class<?> shutdown, Class<?> userCode);
}
