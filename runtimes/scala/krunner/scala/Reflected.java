package krunner.scala;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls into the REPL's engine by names: one driver serves many versions, none of which is there when it is compiled. */
final class Reflected {
  private Reflected() {}

  static Object create(String className, Object... arguments) throws Throwable {
    for (Constructor<?> constructor : Class.forName(className).getConstructors())
      if (fits(constructor.getParameterTypes(), arguments)) return unwrapped(() -> constructor.newInstance(arguments));
    throw new NoSuchMethodException(className + " with " + arguments.length + " arguments");
  }

  static Object call(Object target, String name, Object... arguments) throws Throwable {
    return call(target.getClass(), target, name, arguments);
  }

  /** A method of a Scala object, or a static one of Java. */
  static Object callStatic(String className, String name, Object... arguments) throws Throwable {
    return call(Class.forName(className), null, name, arguments);
  }

  static String text(Object target, String name) throws Throwable {
    return String.valueOf(call(target, name));
  }

  private static Object call(Class<?> type, Object target, String name, Object... arguments) throws Throwable {
    for (Method method : type.getMethods()) {
      if (!method.getName().equals(name) || !fits(method.getParameterTypes(), arguments)) continue;
      method.setAccessible(true);
      return unwrapped(() -> method.invoke(target, arguments));
    }
    throw new NoSuchMethodException(type.getName() + '.' + name + " with " + arguments.length + " arguments");
  }

  private static boolean fits(Class<?>[] types, Object[] arguments) {
    if (types.length != arguments.length) return false;
    for (int i = 0; i < types.length; i++)
      if (arguments[i] != null && !boxed(types[i]).isInstance(arguments[i])) return false;
    return true;
  }

  private static Class<?> boxed(Class<?> type) {
    return type == int.class ? Integer.class : type == boolean.class ? Boolean.class : type;
  }

  private interface Action {
    Object run() throws ReflectiveOperationException;
  }

  private static Object unwrapped(Action action) throws Throwable {
    try {
      return action.run();
    } catch (InvocationTargetException wrapped) {
      throw wrapped.getCause();
    }
  }
}
