package krunner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** What user code has as {@code System.in}: a read asks the user for a line. A thread that waits in it can be stopped. */
final class Stdin extends InputStream {
  private final Channel channel;
  private byte[] line = {};
  private int at;
  private volatile boolean isStale;

  Stdin(Channel channel) {
    this.channel = channel;
  }

  /** What was not read of the last cell's lines is not for this one. */
  void renew() {
    isStale = true;
  }

  @Override
  public int available() {
    return line.length - at;
  }

  @Override
  public synchronized int read() throws IOException {
    fill();
    return line[at++] & 0xff;
  }

  /** At most what is there: a reader that wants a buffer full gets the line. */
  @Override
  public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) return 0;
    fill();
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, buffer, offset, count);
    at += count;
    return count;
  }

  private void fill() throws IOException {
    if (isStale) at = line.length;
    isStale = false;
    if (at < line.length) return;
    Output.flushAll();
    try {
      line = (channel.ask() + '\n').getBytes(Charset.defaultCharset());
      at = 0;
    } catch (InterruptedException interrupted) {
      throw new Stopped();
    }
  }
}
