package dev.penstock.cli.program;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Compiles a program in memory: a compact source file, or one with classes, as `java FILE` takes
/// it. The standard imports are put in where they are missing.
public final class ProgramCompiler {
  private final String classPath;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  /// @param classPath what programs may use
  public ProgramCompiler(String classPath) {
    this.classPath = classPath;
  }

  /// Compiles a source file.
  ///
  /// @throws CompileFailed with all errors of the compiler
  public CompiledProgram compile(SourceFile source) {
    try (ProgramFiles files = files()) {
      Attempt standard = new Attempt(source, imports(source, files), files);
      if (standard.succeeds()) {
        return standard.program();
      }
      // A name of ours may collide with one that the program imports in another way.
      try (ProgramFiles afresh = files()) {
        Attempt plain = new Attempt(source, StandardImports.NONE, afresh);
        if (plain.succeeds()) {
          return plain.program();
        }
      }
      throw standard.failure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProgramFiles files() {
    return new ProgramFiles(
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
  }

  private List<String> options() {
    return List.of("-classpath", classPath, "-parameters", "-g", "-proc:none", "-nowarn");
  }

  private JavacTask task(
      SourceFile source,
      String code,
      ProgramFiles files,
      DiagnosticCollector<JavaFileObject> diagnostics) {
    return (JavacTask)
        compiler.getTask(
            null,
            files,
            diagnostics,
            options(),
            null,
            List.of(new ProgramFiles.Text(source, code)));
  }

  private StandardImports imports(SourceFile source, ProgramFiles files) throws IOException {
    DiagnosticCollector<JavaFileObject> ignored = new DiagnosticCollector<>();
    JavacTask task = task(source, source.code(), files, ignored);
    CompilationUnitTree unit = task.parse().iterator().next();
    return StandardImports.missingIn(unit, Trees.instance(task).getSourcePositions(), files);
  }

  /// One run of the compiler over a source.
  private final class Attempt {
    private final SourceFile source;
    private final StandardImports imports;
    private final ProgramFiles files;
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    private final List<String> topLevel = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();

    Attempt(SourceFile source, StandardImports imports, ProgramFiles files) {
      this.source = source;
      this.imports = imports;
      this.files = files;
    }

    boolean succeeds() throws IOException {
      JavacTask task = task(source, imports.into(source.code()), files, diagnostics);
      CompilationUnitTree unit = task.parse().iterator().next();
      task.analyze();
      if (errors().isEmpty()) {
        look(task, unit);
        task.generate();
      }
      return errors().isEmpty();
    }

    private void look(JavacTask task, CompilationUnitTree unit) {
      Trees trees = Trees.instance(task);
      for (Tree declared : unit.getTypeDecls()) {
        TreePath path = TreePath.getPath(unit, declared);
        if (declared instanceof ClassTree && trees.getElement(path) instanceof TypeElement type) {
          topLevel.add(task.getElements().getBinaryName(type).toString());
        }
      }
      ParameterUse use = new ParameterUse(trees, task.getElements());
      use.scan(unit, null);
      parameters.addAll(use.records());
    }

    CompiledProgram program() {
      return new CompiledProgram(topLevel, parameters, files.classes());
    }

    CompileFailed failure() {
      return new Diagnosis(source, imports, errors()).failure();
    }

    private List<Diagnostic<? extends JavaFileObject>> errors() {
      return diagnostics.getDiagnostics().stream()
          .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
          .toList();
    }
  }
}
