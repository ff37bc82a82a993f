package dev.penstock.flow;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The names of a method's parameters, read from its source file: plain `java FILE` compiles
/// without them.
final class SourceNames {
  private SourceNames() {}

  /// @throws IllegalArgumentException saying why the names are not known, and what to do
  static List<String> of(Method method) {
    Path file =
        file(method.getDeclaringClass())
            .orElseThrow(() -> unknown(method, "its source file cannot be found"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw unknown(method, "this Java has no compiler to read " + file.getFileName() + " with");
    }
    List<List<String>> found;
    try {
      found = candidates(compiler, file, method);
    } catch (IOException e) {
      throw unknown(method, file.getFileName() + " cannot be read: " + e.getMessage());
    }
    if (found.size() != 1) {
      throw unknown(
          method,
          found.isEmpty()
              ? file.getFileName() + " no longer has it"
              : file.getFileName() + " has " + found.size() + " that look the same");
    }
    return found.getFirst();
  }

  private static IllegalArgumentException unknown(Method method, String why) {
    return new IllegalArgumentException(
        "the names of the parameters of "
            + method.getName()
            + " are not known: "
            + why
            + "; run it by `penstock run`, or compile it with -parameters");
  }

  /// `java FILE` says where a class is from; the property names the file that was started.
  private static Optional<Path> file(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    return Optional.ofNullable(code == null ? null : code.getLocation())
        .flatMap(url -> path(url.toString()))
        .or(() -> Optional.ofNullable(System.getProperty("jdk.launcher.sourcefile")).map(Path::of))
        .filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path));
  }

  private static Optional<Path> path(String url) {
    try {
      return Optional.of(Path.of(new URI(url))).filter(path -> path.toString().endsWith(".java"));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // not a file
    }
  }

  private static List<List<String>> candidates(JavaCompiler compiler, Path file, Method method)
      throws IOException {
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, _ -> {}, List.of("-proc:none"), null, List.of(new Text(file)));
    List<List<String>> found = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new Finder(method, found).scan(unit, null);
    }
    return found;
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(Path file) throws IOException {
      super(file.toUri(), Kind.SOURCE);
      text = Files.readString(file);
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /// Compares simple names of types: what the source imports is not resolved.
  private static final class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Method method;
    private final List<List<String>> found;
    private String type = "";

    Finder(Method method, List<List<String>> found) {
      this.method = method;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree declared, @Nullable Void unused) {
      String outer = type;
      type = declared.getSimpleName().toString();
      super.visitClass(declared, null);
      type = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree declared, @Nullable Void unused) {
      if (declared.getName().contentEquals(method.getName())
          && type.equals(method.getDeclaringClass().getSimpleName())
          && types(declared).equals(types(method))) {
        found.add(declared.getParameters().stream().map(one -> one.getName().toString()).toList());
      }
      return super.visitMethod(declared, null);
    }

    private static List<String> types(Method method) {
      return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    }

    private static List<String> types(MethodTree declared) {
      return declared.getParameters().stream().map(Finder::simpleType).toList();
    }

    private static String simpleType(VariableTree parameter) {
      String written = parameter.getType().toString().replace("...", "[]");
      String raw = written.replaceAll("@\\w+(\\([^)]*\\))?\\s*", "").replaceAll("<.*>", "");
      return raw.replaceAll("^.*\\.", "").strip();
    }
  }
}
