package dev.penstock.http;

import static dev.penstock.http.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.BlockType;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.NoLeaks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How requests say who sends them, and that nobody else hears of it.
@NoLeaks
@Timeout(180)
class HttpAuthTest extends ApiTest {

  private HttpSource<Page> pages(String settings) {
    return Http.pages(server.connection(settings), "/x").retry(Retry.times(1).every(Duration.ZERO));
  }

  private List<String> sent(String header) {
    return server.asked.stream().map(asked -> asked.header(header)).toList();
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tokensKeysAndPasswordsGoWhereTheyBelong() {
    Pipeline.from(pages("token=t%3D1+2")).run();
    Pipeline.from(pages("user=me&password=s3cret%26")).run();
    String url = server.url("").replace("http://", "http://me:s3cret@");
    Pipeline.from(Http.pages(new ConnectionName(url), "/x")).run();
    assertThat(sent("Authorization"))
        .containsExactly("Bearer t=1+2", basic("me:s3cret&"), basic("me:s3cret"));
    server.asked.clear();
    Pipeline.from(pages("api_key=k1")).run();
    Pipeline.from(pages("api_key=k1&api_key_in=X-Other")).run();
    Pipeline.from(pages("api_key=k%201&api_key_in=?key").parameter("q", "1")).run();
    assertThat(sent("X-Api-Key")).containsExactly("k1", "", "");
    assertThat(sent("X-Other")).containsExactly("", "k1", "");
    assertThat(server.asked.getLast().query()).isEqualTo(Map.of("q", "1", "key", "k 1"));
  }

  @Test
  void aKeyInTheUrlIsNotKeptWithThePosition() throws Exception {
    server.then(json("[1]", "Link", "</x?page=2&key=k123>; rel=next")).then(json("[2]"));
    Source<?> source = pages("api_key=k123&api_key_in=?key").linkHeader().items();
    try (var reader = source.open(null)) {
      reader.assign(Map.of(source.discover().getFirst(), Optional.empty()));
      assertThat(reader.poll(Duration.ZERO).after(0).text())
          .contains("page=2")
          .doesNotContain("k123");
      reader.poll(Duration.ZERO);
    }
    assertThat(server.asked).extracting(a -> a.query().get("key")).containsExactly("k123", "k123");
  }

  @Test
  void tokensOfOAuth2AreHadOnceAndAnewWhenTheyExpireOrAreRefused() {
    AtomicInteger made = new AtomicInteger();
    server.always((exchange, asked) -> {
      boolean token = asked.path().equals("/oauth");
      String now = "Bearer tok-" + made.get();
      if (token) {
        ApiServer.send(
            exchange,
            200,
            "{\"access_token\":\"tok-%d\",\"expires_in\":%d}"
                .formatted(made.incrementAndGet(), made.get() == 2 ? 0 : 3600)
                .getBytes());
      } else {
        ApiServer.send(
            exchange, asked.header("Authorization").equals(now) ? 200 : 401, "[]".getBytes());
      }
    });
    String client = "user=id&password=s3cret&token_url=/oauth&scope=read%20all";
    Pipeline.from(pages(client)).run();
    Pipeline.from(pages(client)).run();
    assertThat(made).hasValue(1);
    ApiServer.Asked asked = server.asked.getFirst();
    assertThat(asked.body()).isEqualTo("grant_type=client_credentials&scope=read+all");
    assertThat(asked.header("Authorization")).isEqualTo(basic("id:s3cret"));
    made.set(1_000); // as if all before were revoked
    Pipeline.from(pages(client)).run();
    assertThat(made).hasValue(1_001);
    made.set(1);
    Pipeline.from(pages(client)).run(); // refused, had anew, and that one expires at once
    Pipeline.from(pages(client)).run();
    assertThat(made).hasValue(3);
  }

  @Test
  void aTokenThatIsRefusedTwiceIsSaid() {
    server.always((exchange, asked) ->
        ApiServer.send(
            exchange,
            asked.path().equals("/oauth") ? 200 : 401,
            "{\"access_token\":\"secret-token\"}".getBytes()));
    assertThatThrownBy(() -> Pipeline.from(pages("user=id&password=other&token_url=/oauth")).run())
        .isInstanceOf(HttpFailed.class)
        .hasMessageContaining(
            "the server answers 401: look at the token, key or password of connection");
  }

  @Test
  void noMessageShowsASecretAlsoIfTheServerSaysItAloud() {
    server.always((exchange, asked) ->
        ApiServer.send(
            exchange,
            asked.path().equals("/oauth") ? 200 : 400,
            (asked.path().equals("/oauth")
                    ? "{\"access_token\":\"s3cret-token\"}"
                    : asked.header("Authorization") + asked.header("X-Api-Key") + asked.query())
                .getBytes()));
    for (String settings :
        List.of(
            "token=s3cret",
            "user=me&password=s3cret",
            "api_key=s3cret",
            "api_key=s3cret&api_key_in=?k",
            "user=me&password=s3cret&token_url=/oauth")) {
      Throwable failure = catchThrowable(() -> Pipeline.from(pages(settings)).run());
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      assertThat(text.toString())
          .contains("the server answers 400")
          .doesNotContain("s3cret")
          .doesNotContain(basic("me:s3cret").substring(6));
      assertThat(pages(settings).describe() + pages(settings).discover()).doesNotContain("s3cret");
    }
    assertThatThrownBy(() -> pages("token=s3cret%0A"))
        .hasMessageContaining("has a character that no header can hold")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> pages("s3cret"))
        .hasMessageContaining("there are settings such as token=…")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> pages("tokem=s3cret")).hasMessageContaining("did you mean \"token\"");
    assertThatThrownBy(() -> pages("token=a&api_key=b")).hasMessageContaining("several were given");
    assertThatThrownBy(() -> pages("").header("Authorization", "s3cret"))
        .hasMessageContaining("put it into the connection")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aBlockIsAConnection() {
    BlockType<?> type = new HttpBlocks().blockTypes().getFirst();
    HttpConnection block =
        (HttpConnection)
            type.parse(
                Map.of(
                    "url", Secret.of("https://crm.example.org/v2"),
                    "apiKey", Secret.of("k1"),
                    "apiKeyIn", Secret.of("X-Key")));
    ConnectionSettings settings = block.connection();
    assertThat(settings.url()).isEqualTo("https://crm.example.org/v2");
    assertThat(settings.secrets()).containsOnlyKeys("api_key");
    assertThat(settings.properties()).isEqualTo(Map.of("api_key_in", "X-Key"));
    assertThatThrownBy(() -> type.parse(Map.of("url", Secret.of("https://me:s3cret@h/v2"))))
        .hasMessageContaining("with neither user nor \"#\"")
        .hasMessageNotContaining("s3cret");
  }
}
