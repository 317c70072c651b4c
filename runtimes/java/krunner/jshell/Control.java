package krunner.jshell;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import jdk.jshell.execution.DirectExecutionControl;
import krunner.Jvm;
import krunner.Stopped;
import krunner.UserCode;

/** Executes JShell's compiled snippets in this process, where JShell's own way would start another JVM. */
final class Control extends DirectExecutionControl {
  /** What the last snippet threw. */
  Throwable thrown;

  Class<?> classNamed(String name) throws ClassNotFoundException {
    return findClass(name);
  }

  @Override
  protected String invoke(Method method) throws Exception {
    thrown = null;
    try {
      return UserCode.call(() -> {
        useLoaderOf(method.getDeclaringClass());
        return valueString(method.invoke(null));
      });
    } catch (Stopped stopped) {
      throw new StoppedException();
    } catch (InvocationTargetException wrapped) {
      thrown = wrapped.getCause();
      throw wrapped;
    } catch (Throwable ofToString) {
      thrown = ofToString;
      throw new InvocationTargetException(ofToString);
    }
  }

  /** Libraries look there for the user's classes. */
  private static void useLoaderOf(Class<?> snippet) {
    Thread thread = Thread.currentThread();
    if (thread.getContextClassLoader() == ClassLoader.getSystemClassLoader())
      thread.setContextClassLoader(snippet.getClassLoader());
  }

  /** Where this fails, JShell loads the classes anew by another name, and variables of such a type lose their values. */
  @Override
  public void redefine(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    boolean[] done = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      done[i] = redefine(classes[i]);
      if (!done[i]) throw new ClassInstallException(classes[i].name() + " needs to be loaded anew", done);
    }
    classesRedefined(classes);
  }

  private boolean redefine(ClassBytecodes compiled) {
    try {
      Class<?> loaded = findClass(compiled.name());
      return !hasState(loaded) && Jvm.redefine(loaded, compiled.bytecodes());
    } catch (ClassNotFoundException | LinkageError notLoaded) {
      return false;
    }
  }

  /** A type of the user's begins afresh when it is said again; so its static variables must. */
  private static boolean hasState(Class<?> loaded) {
    if (loaded.getEnclosingClass() == null) return false;
    for (Field field : loaded.getDeclaredFields())
      if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) return true;
    return false;
  }
}
