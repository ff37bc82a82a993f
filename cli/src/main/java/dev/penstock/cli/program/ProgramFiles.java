package dev.penstock.cli.program;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/// The compiler's view of files, with the classes that it makes kept in memory.
final class ProgramFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, ByteArrayOutputStream> made = new LinkedHashMap<>();

  ProgramFiles(StandardJavaFileManager files) {
    super(files);
  }

  /// The class files made so far, by the name of their class.
  Map<String, byte[]> classes() {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    return new Made(className, made.computeIfAbsent(className, _ -> new ByteArrayOutputStream()));
  }

  /// A class file in memory.
  private static final class Made extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes;

    Made(String className, ByteArrayOutputStream bytes) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
      this.bytes = bytes;
    }

    @Override
    public OutputStream openOutputStream() {
      bytes.reset();
      return bytes;
    }
  }

  /// Source text in memory. The compiler names the class of a compact source file after it, so that
  /// what is no Java name is made one: `my-job.java` is the class `my_job`.
  static final class Text extends SimpleJavaFileObject {
    private final String code;

    Text(SourceFile source, String code) {
      super(URI.create("memory:///" + className(source.name()) + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }

    /// Any class may be in any file, as with `java FILE`.
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }

    @Override
    public @Nullable NestingKind getNestingKind() {
      return null;
    }

    @Override
    public @Nullable Modifier getAccessLevel() {
      return null;
    }

    private static String className(String fileName) {
      int dot = fileName.lastIndexOf('.');
      String name = dot > 0 ? fileName.substring(0, dot) : fileName;
      StringBuilder className = new StringBuilder();
      for (char c : name.toCharArray()) {
        className.append(c < 128 && Character.isJavaIdentifierPart(c) ? c : '_');
      }
      return Character.isJavaIdentifierStart(className.charAt(0))
          ? className.toString()
          : "_" + className;
    }
  }
}
