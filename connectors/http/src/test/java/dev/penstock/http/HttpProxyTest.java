package dev.penstock.http;

import static dev.penstock.http.ApiServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

/// A client for each proxy stays as long as the process, so that nothing is counted here.
class HttpProxyTest extends ApiTest {

  @Test
  void aProxyIsAskedInsteadOfTheServer() {
    server.always(answer(200, "[1,2]"));
    String proxy = "proxy=" + server.url("");
    HttpSource<Page> source =
        Http.pages(new ConnectionName("http://api.invalid/v1#token=t&" + proxy), "/x");
    assertThat(Pipeline.from(source.items()).count()).isEqualTo(2);
    assertThat(server.asked.getFirst().header("Host")).isEqualTo("api.invalid");
  }
}
