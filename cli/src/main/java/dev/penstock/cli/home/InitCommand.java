package dev.penstock.cli.home;

import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock init`.
@Command(
    name = "init",
    description = "Writes a small flow to begin with.",
    footer = {"%nExample:", "  penstock init ingest", "  penstock run ingest.java"})
public final class InitCommand implements Callable<Integer> {
  private static final String TEMPLATE = "starter.txt";

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "NAME", description = "Of the flow, and of its file.")
  private String name = "";

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
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name) || name.equals("main")) {
      throw new CommandFailed(
          "\""
              + name
              + "\" cannot be the name of a flow: use letters and digits, as in ingestTrips");
    }
    Path file = directory.resolve(name + ".java");
    try {
      Files.writeString(file, template().replace("NAME", name), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(file + " is there already; choose another name");
    } catch (IOException e) {
      throw new CommandFailed(file + " cannot be written: " + e);
    }
    if (output.json()) {
      output.thing(session.out(), Members.of("file", file.toString()));
    } else {
      session.say("written: " + file);
      session.say("run it: penstock run " + file);
    }
    return 0;
  }

  private static String template() throws IOException {
    try (InputStream in = Objects.requireNonNull(InitCommand.class.getResourceAsStream(TEMPLATE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
