package krunner.javac;

import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.JavacTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.DiagnosticListener;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** The JDK's compiler, and the classes that it has made: each cell sees those of the cells before. */
final class Compiler {
  static final String PACKAGE = "REPL";
  private static final List<String> OPTIONS = Arrays.asList("-g", "-nowarn", "-proc:none", "-Xlint:none");

  private final JavacTool tool = JavacTool.create();
  private final Files files = new Files(tool.getStandardFileManager(null, null, StandardCharsets.UTF_8));
  private final Loader loader = new Loader();

  JavacTask task(Source source, DiagnosticListener<JavaFileObject> diagnostics) {
    return (JavacTask) tool.getTask(null, files, diagnostics, OPTIONS, null, Collections.singletonList(source));
  }

  /** The compiled classes by their names; empty where there were errors. */
  Map<String, byte[]> compile(Source source, DiagnosticListener<JavaFileObject> diagnostics) {
    files.made.clear();
    boolean isFine = task(source, diagnostics).call();
    Map<String, byte[]> made = new HashMap<>();
    if (isFine) files.made.forEach((name, output) -> made.put(name, output.bytes()));
    return made;
  }

  /** Later cells see them, and they can be run. */
  void keep(Map<String, byte[]> classes) {
    classes.forEach((name, bytes) -> files.kept.put(name, new Compiled(name, bytes)));
    loader.classes.putAll(classes);
  }

  Class<?> load(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    Loader() {
      super(ClassLoader.getSystemClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) throw new ClassNotFoundException(name);
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = name.endsWith(".class") ? classes.get(name.replace('/', '.').replaceAll("\\.class$", "")) : null;
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> made = new HashMap<>();
    private final Map<String, Compiled> kept = new HashMap<>();

    Files(JavaFileManager platform) {
      super(platform);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      Output output = new Output(name);
      made.put(name, output);
      return output;
    }

    @Override
    public Iterable<JavaFileObject> list(Location location, String name, Set<JavaFileObject.Kind> kinds, boolean deep)
        throws IOException {
      boolean isOurs = location == StandardLocation.CLASS_PATH && name.equals(PACKAGE);
      return isOurs ? new ArrayList<JavaFileObject>(kept.values()) : super.list(location, name, kinds, deep);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
      return file instanceof Compiled ? ((Compiled) file).name : super.inferBinaryName(location, file);
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    Output(String name) {
      super(URI.create("cell:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return stream;
    }

    byte[] bytes() {
      return stream.toByteArray();
    }
  }

  private static final class Compiled extends SimpleJavaFileObject {
    private final String name;
    private final byte[] bytes;

    Compiled(String name, byte[] bytes) {
      super(URI.create("cell:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
