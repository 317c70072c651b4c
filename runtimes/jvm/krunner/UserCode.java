package krunner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs user code on a thread of its own, the same one from cell to cell, so that an interrupt or an exit can end it:
 * asked first, then stopped wherever it is, and at last left behind, as a thread that sits in the kernel can be.
 */
public final class UserCode {
  /** Between two attempts to end it, ms; and the attempts. */
  private static final int PATIENCE = 40;
  private static final int ATTEMPTS = 12;

  /** Of the user's threads, and all that they start. */
  private static final class Group extends ThreadGroup {
    Group() {
      super("main");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
      if (!(error instanceof Stopped)) super.uncaughtException(thread, error);
    }
  }

  /** What is run. */
  public interface Body<T> {
    T run() throws Throwable;
  }

  /** Whether a thread with these frames may be stopped there. */
  public interface Guard {
    boolean allows(StackTraceElement[] frames);
  }

  private static final Group GROUP = new Group();
  private static final Object LOCK = new Object();
  private static Worker worker;
  private static Guard guard = frames -> true;
  private static boolean isRunning;
  private static boolean isInterrupted;
  /** On the heels of a request to run a cell that has not begun. */
  private static boolean isInterruptedEarly;
  /** How many we know of. */
  private static int interrupts;
  private static boolean wasPressed;
  private static volatile boolean isLeaving;
  private static Integer exitCode;
  private static Set<Thread> before = new HashSet<>();

  private UserCode() {}

  /** For an engine that compiles on the user's thread, too. */
  public static void guard(Guard of) {
    guard = of;
  }

  /** A cell begins. */
  static void begin() {
    synchronized (LOCK) {
      isRunning = true;
      isInterrupted = isInterruptedEarly;
      isInterruptedEarly = false;
      exitCode = null;
      before = new HashSet<>(threads());
      before.remove(worker);
    }
  }

  /** It has ended, and what it started has to, where it was interrupted or has asked to exit. */
  static void end() throws InterruptedException {
    synchronized (LOCK) {
      if (isEnding()) press();
      isRunning = false;
    }
  }

  public static boolean isInterrupted() {
    synchronized (LOCK) {
      return isInterrupted;
    }
  }

  /** The code that the cell asked to exit with, or null. */
  public static Integer exitCode() {
    synchronized (LOCK) {
      return exitCode;
    }
  }

  /** The session ends, and the process with it. */
  static void leave() {
    isLeaving = true;
    Runtime.getRuntime().exit(0);
  }

  /** Java has heard of one. Between cells it does nothing, unless there is a request already. */
  static void interrupt(boolean hasRequest) {
    synchronized (LOCK) {
      int sent = Jvm.interrupts(interrupts + 1);
      if (sent == interrupts) return;
      interrupts = sent;
      if (isRunning) isInterrupted = true;
      else isInterruptedEarly |= hasRequest;
      LOCK.notifyAll();
    }
  }

  /** What has come until now is not for the next cell. */
  static void forgetInterrupts() {
    synchronized (LOCK) {
      interrupts = Jvm.interrupts(interrupts);
      isInterruptedEarly = false;
    }
  }

  /** Somebody has called System.exit(). Called by our library. */
  static void exit(int code) {
    if (isLeaving) return;
    synchronized (LOCK) {
      if (isRunning && exitCode == null) exitCode = code & 0xff;
      LOCK.notifyAll();
    }
    throw new Stopped();
  }

  /** What the body returns or throws; Stopped where the cell has to end. */
  public static <T> T call(Body<T> body) throws Throwable {
    Task<T> task = new Task<>(body);
    synchronized (LOCK) {
      if (isEnding()) throw new Stopped();
      if (worker == null || wasPressed || !worker.isAlive()) worker = new Worker(GROUP);
      wasPressed = false;
      worker.take(task);
      while (!isEnding() && isPending(task)) LOCK.wait();
      if (isEnding()) press();
    }
    if (!task.isDone || isEnding()) throw new Stopped();
    if (task.error != null) throw task.error;
    return task.result;
  }

  /** Until no thread is left that the cell has started and that is not a daemon. */
  public static void awaitThreads() throws Throwable {
    call(() -> {
      for (Thread thread : threads())
        if (!before.contains(thread) && thread != worker && !thread.isDaemon()) thread.join();
      return null;
    });
  }

  private static boolean isPending(Task<?> task) {
    return task != null && !task.isDone && worker.isAlive();
  }

  /** One that ended a child of the cell is on its way to us when the cell sees the child's end. */
  private static boolean isEnding() {
    int sent = Jvm.interrupts(interrupts);
    isInterrupted |= sent != interrupts;
    interrupts = sent;
    return isInterrupted || exitCode != null;
  }

  /** Until nothing of the cell runs any more, or it cannot be helped. */
  private static void press() throws InterruptedException {
    List<Thread> threads = ofCell();
    for (int attempt = 0; !threads.isEmpty() && attempt < ATTEMPTS; ) {
      if (!isGuarded()) {
        for (Thread thread : threads) press(thread, attempt);
        attempt++;
      }
      LOCK.wait(PATIENCE);
      threads = ofCell();
    }
    before.addAll(threads);
  }

  private static boolean isGuarded() {
    return worker != null && isPending(worker.task) && !guard.allows(worker.getStackTrace());
  }

  private static void press(Thread thread, int attempt) {
    if (attempt == 0) thread.interrupt();
    else Jvm.stop(thread, new Stopped());
    wasPressed |= attempt > 0 && thread == worker;
  }

  /** The threads that still run what the cell has started. */
  private static List<Thread> ofCell() {
    List<Thread> threads = threads();
    threads.removeAll(before);
    if (worker != null && !isPending(worker.task)) threads.remove(worker);
    return threads;
  }

  private static List<Thread> threads() {
    Thread[] found = new Thread[GROUP.activeCount() + 16];
    List<Thread> threads = new ArrayList<>();
    for (int i = GROUP.enumerate(found) - 1; i >= 0; i--) threads.add(found[i]);
    return threads;
  }

  private static final class Task<T> {
    private final Body<T> body;
    private T result;
    private Throwable error;
    private boolean isDone;

    Task(Body<T> body) {
      this.body = body;
    }

    void run() {
      try {
        result = body.run();
      } catch (Throwable thrown) {
        error = thrown;
      }
      synchronized (LOCK) {
        isDone = true;
        LOCK.notifyAll();
      }
    }
  }

  private static final class Worker extends Thread {
    private Task<?> task;

    Worker(Group group) {
      super(group, "main");
      // Threads that user code starts are as it is.
      setDaemon(false);
      start();
    }

    void take(Task<?> next) {
      task = next;
      LOCK.notifyAll();
    }

    @Override
    public void run() {
      for (Task<?> next = awaitTask(); next != null; next = awaitTask()) {
        interrupted();
        next.run();
      }
    }

    /** Null where another worker has taken over. */
    private Task<?> awaitTask() {
      synchronized (LOCK) {
        while (worker == null || worker == this) {
          if (isPending(task)) return task;
          try {
            LOCK.wait();
          } catch (InterruptedException late) {
            // Of an interrupt that came as the cell ended.
          }
        }
        return null;
      }
    }
  }
}
