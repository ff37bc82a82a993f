package dev.penstock.flow.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.data.Secret;
import dev.penstock.testkit.NoLeaks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoLeaks
class ChannelTest {
  private static final Message MESSAGE =
      new Message("run <failed>", "see \"it\"\n<!channel> & more", Map.of("flow.name", "a\"b"));

  private HookServer hooks;
  private MailServer mails;
  private Carriers carriers;

  /// The JDK keeps a socket for itself from the first one that is closed.
  @BeforeAll
  static void closeOneSocket() {
    new HookServer().close();
  }

  @BeforeEach
  void start() {
    hooks = new HookServer();
    mails = new MailServer();
    carriers = Carriers.within(Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws Exception {
    carriers.close();
    hooks.close();
    mails.close();
  }

  private Smtp smtp(Secret password) {
    return new Smtp(
        "127.0.0.1",
        mails.port(),
        Smtp.Security.NONE,
        password == null ? null : "me",
        password,
        "penstock@example.org",
        List.of("ops@example.org", "dev@example.org"));
  }

  private NotSent refused(Channel channel) {
    return catchThrowableOfType(NotSent.class, () -> channel.send(MESSAGE, carriers));
  }

  @Test
  void slackIsSentTextInWhichNothingIsALinkOrAMention() throws Exception {
    assertThat(new SlackWebhook(hooks.url()).send(MESSAGE, carriers)).isEqualTo(200);
    assertThat(hooks.bodies())
        .containsExactly(
            "{\"text\":\"*run &lt;failed&gt;*\\nsee \\\"it\\\"\\n&lt;!channel&gt; &amp; more\"}");
  }

  @Test
  void aWebhookIsSentJson() throws Exception {
    Webhook webhook = new Webhook(hooks.url(), Secret.of("Bearer s3cret"), Map.of("X-Team", "ops"));
    assertThat(webhook.send(MESSAGE, carriers)).isEqualTo(200);
    assertThat(hooks.bodies())
        .containsExactly(
            "{\"subject\":\"run <failed>\",\"text\":\"see \\\"it\\\"\\n<!channel> & more\","
                + "\"facts\":{\"flow.name\":\"a\\\"b\"}}");
    assertThat(hooks.authorizations()).containsExactly("Bearer s3cret");
  }

  @Test
  void whatAServerAnswersIsToldWithoutTheSecretOfItsUrl() {
    hooks.answer(500, 404, 429);
    NotSent broken = refused(new SlackWebhook(hooks.url()));
    NotSent gone = refused(new SlackWebhook(hooks.url()));
    NotSent slower = refused(new SlackWebhook(hooks.url()));

    assertThat(broken).hasMessage("127.0.0.1 answered 500");
    assertThat(List.of(broken.isForGood(), gone.isForGood(), slower.isForGood()))
        .containsExactly(false, true, false);
    assertThat(broken.code()).hasValue(500);
  }

  @Test
  void nothingIsSentToWhereAnAnswerPoints() {
    hooks.answer(307);
    assertThat(refused(new SlackWebhook(hooks.url()))).hasMessage("127.0.0.1 answered 307");
    assertThat(hooks.bodies()).hasSize(1);
  }

  @Test
  void serversThatAreSilentOrNotThereAreNotWaitedForForLong() throws Exception {
    hooks.answer(0);
    try (Carriers impatient = Carriers.within(Duration.ofMillis(200))) {
      assertThat(
              catchThrowableOfType(
                  NotSent.class, () -> new SlackWebhook(hooks.url()).send(MESSAGE, impatient)))
          .hasMessage("127.0.0.1 did not answer within PT0.2S");
    }
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(refused(new SlackWebhook(Secret.of("http://127.0.0.1:" + free + "/T0K3N"))))
        .hasMessage("127.0.0.1 cannot be reached: ConnectException");
    assertThat(refused(new SlackWebhook(Secret.of("ht tp://T0K3N"))))
        .hasMessage("the URL of the block is none of http:// or https://");
    assertThat(refused(new Webhook(hooks.url(), Secret.of("T0K3N\nx"), null)))
        .hasMessage("a header of the block cannot be sent: it has characters that none may have");
  }

  @Test
  void mailGoesToAllAsPlainText() throws Exception {
    assertThat(smtp(Secret.of("s3cret")).send(MESSAGE, carriers)).isEqualTo(250);
    assertThat(mails.recipients()).hasSize(2);
    assertThat(mails.mails().getFirst())
        .contains("Subject: run <failed>\n")
        .contains("To: ops@example.org, dev@example.org\n")
        .contains("Content-Type: text/plain; charset=UTF-8\n")
        .endsWith("\n\nsee \"it\"\n<!channel> & more\n");
  }

  @Test
  void aSubjectMakesNoHeaders() throws Exception {
    Message nasty = new Message("failed\r\nBcc: evil@example.org\r\n\r\nbody", "ä", Map.of());
    smtp(null).send(nasty, carriers);
    assertThat(mails.mails().getFirst())
        .contains("Subject: failed Bcc: evil@example.org body\n")
        .doesNotContain("\nBcc:");
    assertThat(mails.recipients()).hasSize(2);
  }

  @Test
  void whatAMailServerAnswersIsTold() {
    assertThat(refused(smtp(Secret.of("wrong"))))
        .hasMessage("127.0.0.1 does not accept the user and password")
        .returns(true, NotSent::isForGood);
    mails.answer("451 later");
    assertThat(refused(smtp(null)))
        .hasMessage("127.0.0.1 answered 451")
        .returns(false, NotSent::isForGood);
    mails.answer("554 never");
    assertThat(refused(smtp(null)))
        .hasMessage("127.0.0.1 answered 554")
        .returns(true, NotSent::isForGood);
  }
}
