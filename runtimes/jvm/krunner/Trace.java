package krunner;

import java.util.ArrayList;
import java.util.List;

/** Shows an exception as Java does, with the user's places and without our frames. */
public final class Trace {
  /** Where a frame of the user's is in a cell. */
  public interface Places {
    /** The text after "at", or null where the frame is not of a cell. */
    String of(StackTraceElement frame);

    /** Whether the frame is of compiled cells, or generated beside them. */
    boolean isOfCell(StackTraceElement frame);
  }

  private final Places places;
  private final StringBuilder text = new StringBuilder();
  private final List<Throwable> shown = new ArrayList<>();

  private Trace(Places places) {
    this.places = places;
  }

  public static String of(Throwable error, Places places) {
    Trace trace = new Trace(places);
    trace.add("", "", error);
    return trace.text.toString();
  }

  private void add(String indent, String head, Throwable error) {
    if (shown.contains(error)) return;
    shown.add(error);
    text.append(indent).append(head).append(said(error)).append('\n');
    StackTraceElement[] frames = error.getStackTrace();
    String previous = null;
    for (int i = 0; i <= lastOfUser(frames); i++) {
      String place = placeOf(frames[i]);
      if (place == null || place.equals(previous)) continue;
      text.append(indent).append("\tat ").append(place).append('\n');
      previous = places.isOfCell(frames[i]) && !place.endsWith(")") ? place : null;
    }
    for (Throwable suppressed : error.getSuppressed()) add(indent + "\t", "Suppressed: ", suppressed);
    if (error.getCause() != null) add(indent, "Caused by: ", error.getCause());
  }

  private String placeOf(StackTraceElement frame) {
    if (frame.getClassName().startsWith("krunner.")) return null;
    return places.isOfCell(frame) ? places.of(frame) : frame.toString();
  }

  private int lastOfUser(StackTraceElement[] frames) {
    int last = frames.length - 1;
    while (last >= 0 && !places.isOfCell(frames[last])) last--;
    return last;
  }

  private static String said(Throwable error) {
    try {
      return error.toString();
    } catch (Throwable ofTheUser) {
      return error.getClass().getName();
    }
  }
}
