package dev.penstock.examples;

import dev.penstock.cli.program.CompileFailed;
import dev.penstock.cli.program.CompiledProgram;
import dev.penstock.cli.program.MainMethod;
import dev.penstock.cli.program.ProgramCompiler;
import dev.penstock.cli.program.ProgramLoader;
import dev.penstock.cli.program.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Compiles and runs snippets the way `penstock run` does, all in one process that is started in
/// the directory they are to run in.
///
/// Its argument is a directory that holds a directory for each snippet: `snippet.java`; `run` when
/// it is to be run; `files` with what must be there before. It adds `failure` when a snippet does
/// not compile, and `printed` when it was run.
final class SnippetRunner {
  private final ProgramCompiler compiler =
      new ProgramCompiler(System.getProperty("java.class.path"));

  private SnippetRunner() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> snippets;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      snippets = all.sorted().toList();
    }
    SnippetRunner runner = new SnippetRunner();
    for (Path snippet : snippets) {
      runner.handle(snippet);
    }
    System.exit(0);
  }

  private void handle(Path snippet) throws Exception {
    CompiledProgram program;
    try {
      program = compiler.compile(SourceFile.read(snippet.resolve("snippet.java")));
    } catch (CompileFailed e) {
      Files.writeString(snippet.resolve("failure"), String.valueOf(e.getMessage()));
      return;
    }
    if (Files.exists(snippet.resolve("run"))) {
      copyFiles(snippet.resolve("files"));
      Files.writeString(snippet.resolve("printed"), printed(program));
    }
  }

  private static void copyFiles(Path files) throws IOException {
    if (Files.isDirectory(files)) {
      try (Stream<Path> all = Files.list(files)) {
        for (Path file : all.toList()) {
          Files.write(Path.of(file.getFileName().toString()), Files.readAllBytes(file));
        }
      }
    }
  }

  private static String printed(CompiledProgram program) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      run(program, both);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void run(CompiledProgram program, PrintStream to) {
    ProgramLoader loader = new ProgramLoader(program, SnippetRunner.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    try {
      MainMethod.of(program, loader, "snippet.java").invoke(new String[0]);
    } catch (Throwable failure) { // whatever it throws is what it shows
      to.println("error: " + failure.getMessage());
    }
  }
}
