package dev.penstock.cli.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Defines the classes of one program. Their class files are resources, as those of other loaders
/// are.
public final class ProgramLoader extends ClassLoader {
  /// The name of every such loader, by which a stack frame tells that it is the user's.
  public static final String NAME = "program";

  private static final String SUFFIX = ".class";

  private final Map<String, byte[]> classes;

  /// @param program what to define
  /// @param parent where Penstock and the program's libraries are
  public ProgramLoader(CompiledProgram program, ClassLoader parent) {
    super(NAME, parent);
    classes = program.classes();
  }

  /// All classes of the program, by their names.
  public List<Class<?>> all() throws ClassNotFoundException {
    List<Class<?>> all = new ArrayList<>();
    for (String name : new TreeSet<>(classes.keySet())) {
      all.add(loadClass(name));
    }
    return all;
  }

  @Override
  protected Class<?> findClass(@Nullable String name) throws ClassNotFoundException {
    byte[] code = name == null ? null : classes.get(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] code =
        name.endsWith(SUFFIX)
            ? classes.get(name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
            : null;
    if (code == null) {
      return null;
    }
    try {
      return URL.of(URI.create("program:/" + name), new ClassFile(code));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("no URL for " + name, e);
    }
  }

  private static final class ClassFile extends URLStreamHandler {
    private final byte[] code;

    ClassFile(byte[] code) {
      this.code = code;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() throws IOException {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(code);
        }
      };
    }
  }
}
