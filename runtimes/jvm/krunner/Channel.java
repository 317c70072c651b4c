package krunner;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The control channel: one line {@code TYPE field ... LENGTH} and LENGTH bytes. Its descriptors are opened by their
 * names: the JVM closes all but the first three in programs that it starts.
 */
public final class Channel {
  /** A request of the daemon: its words without the length, and its payload. */
  public static final class Request {
    public final String[] words;
    public final String payload;

    Request(String[] words, String payload) {
      this.words = words;
      this.payload = payload;
    }
  }

  private final InputStream requests = new FileInputStream("/proc/self/fd/3");
  private final OutputStream reports = new FileOutputStream("/proc/self/fd/4");
  private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
  /** The requests in the queue, and the one that was taken last. */
  private final AtomicInteger unserved = new AtomicInteger();
  private boolean isServing;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  Channel(Runnable atEnd) throws IOException {
    Thread reader = new Thread(() -> read(atEnd), "requests");
    reader.setDaemon(true);
    reader.start();
  }

  /** The next thing to do; what was to do before is done. */
  Request next() throws InterruptedException {
    if (isServing) unserved.decrementAndGet();
    Request request = queue.take();
    isServing = true;
    return request;
  }

  /** Whether one has come that was not served to its end. */
  boolean hasRequest() {
    try {
      return unserved.get() > 0 || requests.available() > 0;
    } catch (IOException closed) {
      return false;
    }
  }

  public synchronized void send(String head, String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    byte[] line = (head + ' ' + bytes.length + '\n').getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[line.length + bytes.length];
    System.arraycopy(line, 0, frame, 0, line.length);
    System.arraycopy(bytes, 0, frame, line.length, bytes.length);
    reports.write(frame);
  }

  /** The user's next line, without its newline. */
  String ask() throws IOException, InterruptedException {
    answers.clear();
    send("ask 0", "");
    return answers.take();
  }

  private void read(Runnable atEnd) {
    try {
      while (true) {
        String[] words = line().split(" ");
        if (!words[0].equals("answer")) unserved.incrementAndGet();
        byte[] payload = bytes(Integer.parseInt(words[words.length - 1]));
        String text = new String(payload, StandardCharsets.UTF_8);
        if (words[0].equals("answer")) answers.add(text);
        else queue.add(new Request(words, text));
      }
    } catch (IOException closed) {
      atEnd.run();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = one(); next != '\n'; next = one()) line.append((char) next);
    return line.toString();
  }

  private int one() throws IOException {
    int next = requests.read();
    if (next < 0) throw new EOFException();
    return next;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int have = 0, more; have < length; have += more) {
      more = requests.read(bytes, have, length - have);
      if (more < 0) throw new EOFException();
    }
    return bytes;
  }
}
