package krunner.javac;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** Source text that is in no file. */
final class Source extends SimpleJavaFileObject {
  private final String text;

  Source(String className, String text) {
    super(URI.create("cell:///" + className + ".java"), Kind.SOURCE);
    this.text = text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreErrors) {
    return text;
  }
}
