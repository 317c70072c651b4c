package krunner;

/** Ends user code that was interrupted, or has asked to exit. An error, so that nobody catches it by accident. */
public final class Stopped extends Error {
  private static final long serialVersionUID = 1;

  public Stopped() {
    super("the cell was stopped", null, false, false);
  }
}
