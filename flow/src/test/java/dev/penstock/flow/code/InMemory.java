package dev.penstock.flow.code;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Classes of a compact source, compiled here, and found by a loader of their own.
public final class InMemory extends ClassLoader {
  private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

  private InMemory() {
    super(InMemory.class.getClassLoader());
  }

  /// The class of a compact source file.
  public static Class<?> program(String source, String... options) {
    InMemory loader = new InMemory();
    loader.compile(source, options);
    try {
      return loader.loadClass("program");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void compile(String source, String... options) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> all = new ArrayList<>(List.of("-proc:none"));
    all.addAll(List.of("-cp", System.getProperty("java.class.path")));
    all.addAll(List.of(options));
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                ByteArrayOutputStream code = new ByteArrayOutputStream();
                classes.put(name, code);
                return code;
              }
            };
          }
        };
    JavaFileObject text =
        new SimpleJavaFileObject(URI.create("mem:///program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public String getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    if (!compiler.getTask(null, files, null, all, null, List.of(text)).call()) {
      throw new IllegalArgumentException("does not compile");
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteArrayOutputStream code = classes.get(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code.toByteArray(), 0, code.size());
  }

  @Override
  protected URL findResource(String name) {
    ByteArrayOutputStream code = classes.get(name.replaceAll("\\.class$", "").replace('/', '.'));
    if (code == null) {
      return null;
    }
    try {
      return URL.of(
          URI.create("mem:/" + name),
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public java.io.InputStream getInputStream() {
                  return new java.io.ByteArrayInputStream(code.toByteArray());
                }
              };
            }
          });
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
