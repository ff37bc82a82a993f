package dev.penstock.cli.home;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock init`.
@Command(
    name = "init",
    description = "Writes a small flow to begin with; or a directory with a pipeline.",
    footer = {
      "%nExamples:",
      "  penstock init ingest",
      "  penstock run ingest.java",
      "  penstock init pipeline orders"
    })
public final class InitCommand implements Callable<Integer> {
  private static final String TEMPLATE = "starter.txt";
  private static final String PIPELINE = "pipeline";

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      arity = "1..2",
      paramLabel = "[pipeline] NAME",
      hideParamSyntax = true,
      description = {
        "Of the flow, and of its file.",
        "With pipeline: of the directory, with settings, a container file and a test beside it."
      })
  private List<String> words = List.of();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where to write it; here if not said.")
  private Path directory = Path.of("");

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (words.size() == 2 && !words.getFirst().equals(PIPELINE)) {
      throw new IllegalArgumentException(
          "\""
              + words.getFirst()
              + "\" is no kind of starter; write penstock init NAME, or penstock init pipeline NAME");
    }
    String name = words.getLast();
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name) || name.equals("main")) {
      throw new CommandFailed(
          "\""
              + name
              + "\" cannot be the name of a flow: use letters and digits, as in ingestTrips");
    }
    if (words.size() == 2) {
      Path written = PipelineStarter.write(directory, name);
      written("directory", written, "test it: cd " + written + " && penstock run test.java");
    } else {
      Path written = flow(name);
      written("file", written, "run it: penstock run " + written);
    }
    return 0;
  }

  private void written(String what, Path path, String next) {
    if (output.json()) {
      output.thing(session.out(), Members.of(what, path.toString()));
    } else {
      session.say("written: " + path);
      session.say(next);
    }
  }

  private Path flow(String name) throws IOException {
    Path file = directory.resolve(name + ".java");
    try {
      return Files.writeString(
          file, Templates.text(TEMPLATE).replace("NAME", name), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(file + " is there already; choose another name");
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be written: " + e);
    }
  }
}
