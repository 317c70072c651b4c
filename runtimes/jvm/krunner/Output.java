package krunner;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;

/**
 * The process's streams. User code has them as {@code System.out} and {@code System.err}, and may put others in their
 * place; what a session says of a cell goes here all the same.
 */
public final class Output extends PrintStream {
  public static final Output OUT = open(FileDescriptor.out);
  public static final Output ERR = open(FileDescriptor.err);

  private Output(FileDescriptor descriptor) throws UnsupportedEncodingException {
    super(new BufferedOutputStream(new FileOutputStream(descriptor)), true, "UTF-8");
  }

  private static Output open(FileDescriptor descriptor) {
    try {
      return new Output(descriptor);
    } catch (UnsupportedEncodingException never) {
      throw new IllegalStateException(never);
    }
  }

  /** For all cells. */
  static void install() {
    System.setOut(OUT);
    System.setErr(ERR);
  }

  /** Also what a stream of the user's keeps back. */
  static void flushAll() {
    System.out.flush();
    System.err.flush();
    OUT.flush();
    ERR.flush();
  }

  /** A program closes its output at its end; the next cell has some, too. */
  @Override
  public void close() {
    flush();
  }
}
