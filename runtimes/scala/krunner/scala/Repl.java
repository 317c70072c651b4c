package krunner.scala;

import java.util.List;

/** The engine of one generation of Scala's REPL. */
interface Repl {
  /** What is shown of a piece of a cell that ran; its errors are thrown. */
  String run(String code, String cellId) throws Throwable;

  /** The names that may stand at the end of the text; each replaces what is behind the place {@code start}. */
  List<String> complete(String text) throws Throwable;

  String version();

  /** Code that does not compile. The message is what the compiler says. */
  final class Rejected extends Exception {
    private static final long serialVersionUID = 1;

    Rejected(String message) {
      super(message, null, false, false);
    }
  }

  /** What user code has thrown, as it is to be shown; and its name. */
  final class Thrown extends Exception {
    private static final long serialVersionUID = 1;
    final String name;

    Thrown(String name, String trace) {
      super(trace, null, false, false);
      this.name = name;
    }
  }
}
