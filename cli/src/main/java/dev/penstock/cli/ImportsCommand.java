package dev.penstock.cli;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.program.CompileFailed;
import dev.penstock.cli.program.ProgramCompiler;
import dev.penstock.cli.program.SourceFile;
import dev.penstock.cli.program.UnreadableSource;
import dev.penstock.cli.program.WantedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock imports`: writes the imports that `penstock run` would put in.
@Command(
    name = "imports",
    description = {
      "Writes the missing imports of a program into its source file,",
      "so that plain java, Maven and editors take it too."
    })
final class ImportsCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
  private @Nullable Path file;

  @Option(
      names = "--classpath",
      paramLabel = "JARS",
      description = "More jars for the program, separated as in a class path.")
  private String classPath = "";

  @Override
  public Integer call() {
    try {
      SourceFile source = SourceFile.read(requireNonNull(file));
      String all = ExtraJars.parse(classPath).after(System.getProperty("java.class.path"));
      WantedImports wanted = new ProgramCompiler(all).wantedImports(source);
      if (wanted.declarations().isEmpty()) {
        System.out.println(source.path() + " has all its imports");
      } else {
        Files.writeString(source.path(), wanted.written());
        System.out.println("written into " + source.path() + ":");
        wanted.declarations().forEach(System.out::println);
      }
      return ExitCode.COMPLETED;
    } catch (UnreadableSource e) {
      throw new UsageError(Failures.message(e));
    } catch (CompileFailed e) {
      System.err.println(Failures.message(e));
      return ExitCode.FAILED;
    } catch (IOException e) {
      System.err.println("cannot write " + file + ": " + e);
      return ExitCode.FAILED;
    }
  }
}
