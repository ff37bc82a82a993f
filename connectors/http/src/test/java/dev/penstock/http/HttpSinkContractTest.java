package dev.penstock.http;

import dev.penstock.data.JsonValue;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.testkit.PlainSinkContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// An API that takes batches.
class HttpSinkContractTest extends PlainSinkContract<HttpSinkContractTest.Count> {
  record Count(String room, long count) {}

  private ApiServer server;

  @BeforeAll
  static void warmUp() throws Exception {
    ApiTest.warmUp();
  }

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected PlainSink<Count> sink() {
    return Http.post(server.connection(""), "/counts", Count.class).batches(7);
  }

  @Override
  protected Count record(int i) {
    return new Count("room " + i, i);
  }

  @Override
  protected List<Count> visible() {
    return server.asked.stream()
        .flatMap(asked -> JsonValue.parse(asked.body()).elements().stream())
        .map(value -> value.as(Count.class))
        .toList();
  }

  @Override
  protected boolean removesHalfWritten() {
    return false;
  }
}
