package dev.penstock.cli.home;

import dev.penstock.cli.session.CommandFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A directory with a pipeline to begin with: its settings, its container file, and its test.
final class PipelineStarter {
  /// A file, and the resource that it is made of.
  private record Part(String file, String template) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("specs.yaml", "pipeline/specs.txt"),
          new Part("NAME.java", "pipeline/program.txt"),
          new Part("sample.csv", "pipeline/sample.txt"),
          new Part("test.java", "pipeline/test.txt"),
          new Part("Dockerfile", "pipeline/container.txt"));

  private PipelineStarter() {}

  /// Writes it into a directory of its name, which must not be there.
  ///
  /// @return the directory
  /// @throws CommandFailed when there is something of that name
  static Path write(Path where, String name) throws IOException {
    if (name.equals("test")) {
      throw new CommandFailed("test.java is the test of the pipeline; choose another name");
    }
    Path directory = where.resolve(name);
    try {
      Files.createDirectories(where.toAbsolutePath());
      Files.createDirectory(directory);
      for (Part part : PARTS) {
        Files.writeString(
            directory.resolve(part.file().replace("NAME", name)),
            Templates.text(part.template()).replace("NAME", name),
            StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(directory + " is there already; choose another name");
    } catch (IOException e) {
      throw new CommandFailed(directory + " cannot be written: " + e);
    }
    return directory;
  }
}
