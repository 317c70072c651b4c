package krunner.javac;

import java.util.Collections;
import java.util.List;

/** What a piece declares, as places in the cell. */
final class Declaration {
  /** From a place to one before which it ends. */
  static final class Range {
    static final Range NONE = new Range(-1, -1);

    final int start;
    final int end;

    Range(int start, int end) {
      this.start = start;
      this.end = end;
    }

    boolean isThere() {
      return end > start;
    }
  }

  final String name;
  /** What replaces it when it is said again: its kind and name; of a method its parameters, too. */
  final String key;
  final Range modifiers;
  /** Of a variable or a method. */
  String type;
  /** The variable's type, where it stands in front of its name. */
  Range typeRange = Range.NONE;
  /** The variable's first value. */
  Range value = Range.NONE;
  /** The names of the method's parameters. */
  List<String> parameters = Collections.emptyList();
  /** The method's. */
  Range body = Range.NONE;

  Declaration(String name, String key, Range modifiers) {
    this.name = name;
    this.key = key;
    this.modifiers = modifiers;
  }
}
