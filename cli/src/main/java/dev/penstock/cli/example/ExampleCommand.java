package dev.penstock.cli.example;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock example`.
@Command(
    name = "example",
    description = {
      "Brings an example up on this machine, with the servers that it needs.",
      "Each is a process of its own on a free port of the loopback interface. Everything is",
      "stopped at the end, and by Ctrl-C. It needs a checkout of Penstock, on Linux on x86-64."
    },
    footer = {
      "%nExamples:",
      "  penstock example rooms",
      "  penstock example rooms --messages 20000"
    })
public final class ExampleCommand implements Callable<Integer> {
  /// The examples that there are.
  enum Example {
    /// Three pipelines between Kafka, PostgreSQL and an object store.
    rooms
  }

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      paramLabel = "EXAMPLE",
      description = "rooms: three pipelines between Kafka, PostgreSQL and an object store.")
  private Example example = Example.rooms;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = {
        "Ends when so many messages were published, stored and counted; its last line is JSON then,",
        "with produced, stored and counted. Without it, it goes on until it is stopped."
      })
  private @Nullable Long messages;

  @Option(
      names = "--per-second",
      paramLabel = "N",
      description = "How many messages are published in a second; 100, or 10000 with --messages.")
  private @Nullable Integer perSecond;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where data and logs are kept; target/rooms of the checkout if not said.")
  private @Nullable Path directory;

  ExampleCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (messages != null && messages < 1) {
      throw new IllegalArgumentException("--messages must be at least 1, was " + messages);
    }
    if (perSecond != null && perSecond < 1) {
      throw new IllegalArgumentException("--per-second must be at least 1, was " + perSecond);
    }
    Checkout checkout = Checkout.ofProcess();
    Path data = directory == null ? checkout.target(example.name()) : directory;
    Map<String, Long> figures = run(checkout, data);
    if (!figures.isEmpty()) {
      session.say(JsonTree.write(figures));
    }
    return 0;
  }

  /// @return empty when it was told to end
  private Map<String, Long> run(Checkout checkout, Path data)
      throws IOException, InterruptedException {
    try (ExampleProcesses processes = ExampleProcesses.in(data, session.variables())) {
      try {
        return new RoomsExample(checkout, processes, session, !output.json())
            .run(messages, perSecond);
      } catch (CommandFailed e) { // whoever is stopped ends otherwise than by itself
        if (processes.isStopping()) {
          return Map.of();
        }
        throw e;
      }
    }
  }
}
