package dev.penstock.http;

import dev.penstock.pipeline.Pipeline;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// What the tests against an API have in common: the API.
abstract class ApiTest {
  ApiServer server;

  /// The clients of a process live as long as it does, and are not what a test leaves behind.
  @BeforeAll
  static void warmUp() throws Exception {
    try (ApiServer server = new ApiServer()) {
      Pipeline.from(Http.pages(server.url("/"))).run();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
