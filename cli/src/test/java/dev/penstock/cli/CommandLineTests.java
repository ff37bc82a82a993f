package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.session.SecretInput;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.pipeline.run.RunClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The command in this process, with a home of its own, and runs of [Shop] in its store.
abstract class CommandLineTests {
  final Shop shop = new Shop();
  final ConcurrentLinkedQueue<String> console = new ConcurrentLinkedQueue<>();
  @TempDir Path home;
  Store store;
  RunEngine engine;

  @BeforeEach
  void openStore() {
    store = Store.open(StoreUrl.file(home.resolve("penstock.db")));
    engine =
        new RunEngine(
            store,
            new EngineSettings(
                "test",
                Duration.ofSeconds(15),
                Duration.ofMillis(100),
                RunClock.SYSTEM,
                console::add));
  }

  @AfterEach
  void closeStore() {
    shop.release();
    engine.close();
    store.close();
  }

  /// What a command has printed, and how it ended.
  record Result(int exit, String out, String err) {
    /// Where a golden file cannot know the text: ids, times, places.
    String golden() {
      return ("exit " + exit + "\n" + out + err)
          .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[37][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
          .replaceAll("(?m) +(now|\\d+ s ago)$", "  AGE")
          .replaceAll("(lapsedMillis\\W+)\\d+", "$1MILLIS")
          .replaceAll("(?m)(version +|\"version\":\")[0-9a-f]{12}", "$1VERSION")
          .replaceAll(" +(?=\n)", "");
    }
  }

  /// How many characters a line of the terminal has.
  int width = Session.Terminal.WIDE;

  Result run(String... words) {
    return run(Map.of(), words);
  }

  Result run(Map<String, String> environment, String... words) {
    return answering("", environment, words);
  }

  /// The same with this on standard input.
  Result answering(String in, Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Session.Terminal terminal =
        new Session.Terminal(
            stream(out),
            stream(err),
            SecretInput.of(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8))),
            false,
            width);
    try (Session session =
        new Session(environment, home, RunClock.SYSTEM, ZoneId.systemDefault(), terminal)) {
      int exit = PenstockCommand.commandLine(session, words).execute(words);
      return new Result(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /// Adds to what a terminal would show: a command line, and what it prints.
  void say(StringBuilder said, String line) {
    say(said, Map.of(), line);
  }

  void say(StringBuilder said, Map<String, String> environment, String line) {
    said.append("$ penstock ").append(line).append('\n');
    said.append(run(environment, line.split(" ")).golden()).append('\n');
  }

  private static PrintWriter stream(ByteArrayOutputStream bytes) {
    return new PrintWriter(bytes, true, StandardCharsets.UTF_8);
  }

  MethodProgram flow(String name) {
    return FlowMethods.of(Shop.class).stream()
        .filter(flow -> flow.name().equals(name))
        .map(flow -> new MethodProgram(flow, shop))
        .findFirst()
        .orElseThrow();
  }

  FlowEnd finished(String flow, String parameters, String... tags) throws InterruptedException {
    FlowEnd end =
        engine.runHere(
            flow(flow), FlowRun.Call.of(parameters, List.of(tags)), "/programs/shop.java");
    assertThat(end.state().type().isFinal()).isTrue();
    return end;
  }

  FlowEnd ingested() throws InterruptedException {
    return finished("ingest", "{\"count\":3}");
  }

  /// A run that goes on beside the test.
  CompletableFuture<FlowEnd> begun(String flow) {
    return beside(() -> engine.runHere(flow(flow), FlowRun.Call.of("{}", List.of()), null));
  }

  /// Work that goes on beside the test.
  <R> CompletableFuture<R> beside(Callable<R> work) {
    CompletableFuture<R> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(work.call());
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
