package dev.penstock.cli.program;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// One pass of the Java compiler over a source: parsed when made, then, if wanted, analyzed and
/// generated.
final class Compilation implements AutoCloseable {
  private final SourceFile source;
  private final StandardImports imports;
  private final ProgramFiles files;
  private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
  private final JavacTask task;
  private final CompilationUnitTree unit;

  /// @param imports what is put into the source for the compiler
  /// @param classPath what the program may use
  Compilation(SourceFile source, StandardImports imports, String classPath) throws IOException {
    this.source = source;
    this.imports = imports;
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    files =
        new ProgramFiles(
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
    task =
        (JavacTask)
            compiler.getTask(
                null,
                files,
                diagnostics,
                List.of("-classpath", classPath, "-parameters", "-g", "-proc:none", "-nowarn"),
                null,
                List.of(new ProgramFiles.Text(source, imports.into(source.code()))));
    unit = task.parse().iterator().next();
  }

  CompilationUnitTree unit() {
    return unit;
  }

  Trees trees() {
    return Trees.instance(task);
  }

  SourcePositions positions() {
    return trees().getSourcePositions();
  }

  Elements elements() {
    return task.getElements();
  }

  JavaFileManager files() {
    return files;
  }

  /// The names that the source imports itself; `java.util.*` for a whole package.
  Set<String> written() {
    return unit.getImports().stream()
        .filter(declared -> !declared.isModule())
        .map(ImportTree::getQualifiedIdentifier)
        .map(Object::toString)
        .collect(Collectors.toSet());
  }

  /// Whether the program is free of errors; its names have meanings then.
  boolean analyze() throws IOException {
    task.analyze();
    return errors().isEmpty();
  }

  /// The class files, by the name of their class; to be called after a good [#analyze].
  Map<String, byte[]> generate() throws IOException {
    task.generate();
    if (!errors().isEmpty()) {
      throw failure();
    }
    return files.classes();
  }

  /// All errors found so far.
  CompileFailed failure() {
    return new Diagnosis(source, imports, errors()).failure();
  }

  private List<Diagnostic<? extends JavaFileObject>> errors() {
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .toList();
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
