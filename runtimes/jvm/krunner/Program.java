package krunner;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A cell that is a whole program: declarations only, and a {@code main} in one of them. */
public final class Program {
  private Program() {}

  /** Runs it to the end of its last thread, as a JVM would. What it threw, or null; nothing where no class has a main. */
  public static Throwable run(Collection<Class<?>> classes) {
    Method main = find(classes);
    if (main == null) return null;
    try {
      UserCode.call(() -> main.invoke(null, (Object) new String[0]));
      UserCode.awaitThreads();
      return null;
    } catch (Stopped stopped) {
      throw stopped;
    } catch (InvocationTargetException wrapped) {
      return wrapped.getCause();
    } catch (Throwable other) {
      return other;
    }
  }

  /** That of a class Main, else of a public class, else the first. */
  private static Method find(Collection<Class<?>> classes) {
    List<Method> mains = new ArrayList<>();
    for (Class<?> type : classes) {
      Method main = mainOf(type);
      if (main != null) mains.add(main);
    }
    return mains.stream().max((one, other) -> Integer.compare(rank(one), rank(other))).orElse(null);
  }

  private static int rank(Method main) {
    Class<?> type = main.getDeclaringClass();
    return type.getSimpleName().equals("Main") ? 2 : Modifier.isPublic(type.getModifiers()) ? 1 : 0;
  }

  private static Method mainOf(Class<?> type) {
    try {
      Method main = type.getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      return Modifier.isStatic(main.getModifiers()) && main.getReturnType() == void.class ? main : null;
    } catch (NoSuchMethodException noMain) {
      return null;
    }
  }
}
