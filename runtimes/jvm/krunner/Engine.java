package krunner;

import java.util.List;

/** Keeps a context and runs cells in it. */
public interface Engine {
  /** The language and its version. */
  String banner();

  /** What the first cell needs and the start does not. */
  void warmUp();

  /** Runs a cell and shows its value. Throws what the user code threw, shown already, as Failed; or Stopped. */
  void run(String id, String source) throws Failed;

  /** Suggestions for what stands before the cursor, an index of the source. */
  List<String> complete(String source, int cursor);

  /** Documentation of the name at the cursor, empty where nothing is known. */
  String inspect(String source, int cursor);

  /** The cell has failed, and the user was told. The message is the error's name. */
  final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    public Failed(String name) {
      super(name, null, false, false);
    }
  }
}
