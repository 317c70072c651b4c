package krunner.javac;

import java.lang.reflect.Array;

/** The value of a cell's last expression. Public, as cells call it. */
public final class Value {
  /** That of an expression without one. */
  static final Object NONE = new Object();

  /** An expression that has a value. */
  public interface Expression {
    Object value() throws Throwable;
  }

  /** One that has none. */
  public interface Effect {
    void happen() throws Throwable;
  }

  private Value() {}

  public static Object of(Expression expression) throws Throwable {
    return expression.value();
  }

  public static Object of(Effect expression) throws Throwable {
    expression.happen();
    return NONE;
  }

  /** As JShell shows it. */
  static Object shown(Object value) {
    if (value == NONE) return NONE;
    if (value instanceof String) return '"' + escaped((String) value) + '"';
    if (value instanceof Character) return "'" + value + "'";
    if (value != null && value.getClass().isArray()) return shownArray(value);
    return String.valueOf(value);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
  }

  private static String shownArray(Object array) {
    int length = Array.getLength(array);
    String type = array.getClass().getComponentType().getSimpleName();
    StringBuilder text = new StringBuilder(type).append('[').append(length).append("] {");
    for (int i = 0; i < length; i++) text.append(i > 0 ? ", " : " ").append(shown(Array.get(array, i)));
    return text.append(length > 0 ? " }" : "}").toString();
  }
}
