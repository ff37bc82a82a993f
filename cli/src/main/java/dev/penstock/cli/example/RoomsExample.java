package dev.penstock.cli.example;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rooms: a broker, a database and a bucket, and the pipelines between them.
///
/// @param shown whether the totals are shown while it is up
record RoomsExample(Checkout checkout, ExampleProcesses processes, Session session, boolean shown) {
  private static final int USUAL_RATE = 100;
  private static final int FULL_RATE = 10_000;
  private static final long LOOK_MILLIS = 50;

  /// On a small machine a broker is slow to answer while all the others start.
  private static final String PATIENCE = "?default.api.timeout.ms=120000&request.timeout.ms=120000";

  /// Brings it up until so many messages have passed, or until it is stopped.
  ///
  /// @param messages null for no end
  /// @param perSecond null for what is usual
  /// @return how many messages were produced, stored and counted
  /// @throws CommandFailed when one of the processes has failed
  Map<String, Long> run(@Nullable Long messages, @Nullable Integer perSecond)
      throws IOException, InterruptedException {
    startServers();
    int rate = perSecond == null ? messages == null ? USUAL_RATE : FULL_RATE : perSecond;
    List<String> published = new ArrayList<>(List.of("perSecond=" + rate));
    List<String> watched = new ArrayList<>();
    if (messages != null) {
      published.add("messages=" + messages);
      watched.add("until=" + messages);
    }
    List<ExampleProcess> readers = List.of(program("coldstorage"), program("reckoning"));
    ExampleProcess gendata = program("gendata", published.toArray(String[]::new));
    List<String> words = words("watch", watched.toArray(String[]::new));
    ExampleProcess watch =
        shown ? processes.shown("watch", words) : processes.program("watch", words);
    await(readers, gendata, watch);
    for (ExampleProcess reader : readers) {
      processes.stop(reader);
    }
    return figures(gendata);
  }

  private void startServers() throws IOException, InterruptedException {
    ExampleProcess kafka = server("kafka", "rooms-v1");
    ExampleProcess postgres = server("postgres");
    ExampleProcess s3 = server("s3", "roomscounts");
    processes.set("PENSTOCK_ENV", "local");
    processes.set("KAFKA_BOOTSTRAP_SERVERS", address(kafka) + PATIENCE);
    processes.set("POSTGRES_URL", address(postgres));
    processes.set("S3_URL", address(s3));
    Path directory = processes.directory();
    session.note("Kafka is at " + address(kafka));
    session.note("PostgreSQL is at " + address(postgres));
    session.note("the bucket is in " + directory.resolve("s3/roomscounts"));
    session.note("logs are in " + directory);
    session.note(
        "its runs in the browser: PENSTOCK_HOME=%s ./penstock server start"
            .formatted(directory.resolve("home")));
  }

  private ExampleProcess server(String kind, String... more) throws IOException {
    List<String> words = new ArrayList<>(checkout.server());
    words.addAll(List.of(kind, processes.emptied(kind).toString(), "0"));
    words.addAll(Arrays.asList(more));
    return processes.server(kind, words);
  }

  /// What a server has said where it is.
  private String address(ExampleProcess server) throws InterruptedException {
    while (server.lines().isEmpty()) {
      if (!server.isAlive() && server.lines().isEmpty()) {
        throw server.failure();
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return server.lines().getFirst();
  }

  private ExampleProcess program(String name, String... parameters) throws IOException {
    List<String> words = words(name, parameters);
    words.addAll(List.of("--output", "json"));
    return processes.program(name, words);
  }

  private List<String> words(String name, String... parameters) {
    List<String> words = new ArrayList<>(checkout.run(checkout.example("rooms/" + name + ".java")));
    words.add("--quiet");
    for (String parameter : parameters) {
      words.addAll(List.of("--param", parameter));
    }
    return words;
  }

  /// Waits until some have ended well, while others go on.
  ///
  /// @throws CommandFailed when one is not as it should be
  private static void await(List<ExampleProcess> endless, ExampleProcess... ending)
      throws InterruptedException {
    while (true) {
      boolean over = Arrays.stream(ending).noneMatch(ExampleProcess::isAlive);
      for (ExampleProcess process : endless) {
        if (!process.isAlive()) {
          throw process.failure();
        }
      }
      for (ExampleProcess process : ending) {
        if (process.failed()) {
          throw process.failure();
        }
      }
      if (over) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /// What was published, and what is there now that nobody writes any more.
  private Map<String, Long> figures(ExampleProcess gendata)
      throws IOException, InterruptedException {
    ExampleProcess look = processes.program("totals", words("watch", "until=0", "json=true"));
    await(List.of(), look);
    Map<String, @Nullable Object> totals = JsonTree.readObject(look.lines().getLast());
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("produced", number(JsonTree.readObject(gendata.lines().getLast()), "out"));
    figures.put("stored", number(totals, "stored"));
    figures.put("counted", number(totals, "counted"));
    return figures;
  }

  private static long number(Map<String, @Nullable Object> json, String name) {
    return json.get(name) instanceof Number number ? number.longValue() : -1;
  }
}
