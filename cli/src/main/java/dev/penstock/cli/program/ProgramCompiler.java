package dev.penstock.cli.program;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/// Compiles a program in memory: a compact source file, or one with classes, as `java FILE` takes
/// it. The standard imports are put in where they are missing.
public final class ProgramCompiler {
  private final String classPath;

  /// @param classPath what programs may use
  public ProgramCompiler(String classPath) {
    this.classPath = classPath;
  }

  /// Compiles a source file.
  ///
  /// @throws CompileFailed with all errors of the compiler
  public CompiledProgram compile(SourceFile source) {
    try (Compilation standard = new Compilation(source, missing(source), classPath)) {
      if (standard.analyze()) {
        return program(standard, source);
      }
      // A name of ours may collide with one that the program imports in another way.
      try (Compilation plain = new Compilation(source, StandardImports.NONE, classPath)) {
        if (plain.analyze()) {
          return program(plain, source);
        }
      }
      throw standard.failure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The import declarations that a source would need where there is no `penstock run` to put them
  /// in; and where in its text they belong.
  ///
  /// @throws CompileFailed with all errors of the compiler
  public WantedImports wantedImports(SourceFile source) {
    try (Compilation plain = new Compilation(source, StandardImports.NONE, classPath);
        Compilation standard =
            new Compilation(source, StandardImports.missingIn(plain), classPath)) {
      if (!standard.analyze()) {
        throw standard.failure();
      }
      return WantedImports.of(source, plain, standard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StandardImports missing(SourceFile source) throws IOException {
    try (Compilation plain = new Compilation(source, StandardImports.NONE, classPath)) {
      return StandardImports.missingIn(plain);
    }
  }

  private static CompiledProgram program(Compilation compilation, SourceFile source)
      throws IOException {
    List<String> topLevel = new ArrayList<>();
    for (Tree declared : compilation.unit().getTypeDecls()) {
      TreePath path = TreePath.getPath(compilation.unit(), declared);
      if (declared instanceof ClassTree
          && compilation.trees().getElement(path) instanceof TypeElement type) {
        topLevel.add(compilation.elements().getBinaryName(type).toString());
      }
    }
    ParameterUse use = new ParameterUse(compilation.trees(), compilation.elements());
    use.scan(compilation.unit(), null);
    return new CompiledProgram(
        topLevel,
        List.copyOf(use.records()),
        use.flows(),
        new DirectCalls(compilation, source.name()).warnings(),
        compilation.generate());
  }
}
