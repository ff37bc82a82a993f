package dev.penstock.data.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockTypeTest {
  private record Mail(
      String host,
      int port,
      @Nullable Secret password,
      @Nullable List<String> to,
      @Nullable LocalDate since) {
    Mail {
      if (port < 1) {
        throw new IllegalArgumentException("the port must be at least 1, was " + port);
      }
    }
  }

  private final BlockType<Mail> type = new BlockType<>("mail", "Sends mail.", Mail.class);

  @Test
  void settingsAreTakenApartIntoOpenAndSecretOnesAndPutTogetherAgain() {
    Mail mail = new Mail("host", 25, Secret.of("s3cret"), List.of("a@b.c"), null);
    BlockContent content = type.apart(mail);

    assertThat(content.open())
        .isEqualTo(Map.of("host", "\"host\"", "port", "25", "to", "[\"a@b.c\"]"));
    assertThat(content.secret()).isEqualTo(Map.of("password", Secret.of("s3cret")));
    assertThat(type.together(content)).isEqualTo(mail);
    assertThat(mail + " " + content).doesNotContain("s3cret");
    assertThat(type.secrecy()).containsEntry("password", true).containsEntry("host", false);
  }

  @Test
  void settingsThatARecordNoLongerHasAreLeftOut() {
    BlockContent content =
        new BlockContent(Map.of("host", "\"h\"", "port", "25", "old", "1"), Map.of());
    assertThat(type.together(content)).isEqualTo(new Mail("h", 25, null, null, null));
  }

  @Test
  void textsAreParsed() {
    Map<String, Secret> texts =
        Map.of(
            "host", Secret.of("h"),
            "port", Secret.of("25"),
            "password", Secret.of("25"),
            "to", Secret.of("[\"x\"]"),
            "since", Secret.of("2026-01-02"));
    assertThat(type.parse(texts))
        .isEqualTo(new Mail("h", 25, Secret.of("25"), List.of("x"), LocalDate.of(2026, 1, 2)));
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndNoSecretIsShown() {
    Map<String, Secret> texts =
        Map.of("port", Secret.of("many"), "pasword", Secret.of("s3cret"), "to", Secret.of("x"));
    assertThatThrownBy(() -> type.parse(texts))
        .isInstanceOf(BadBlock.class)
        .hasMessageStartingWith("the settings of a mail block do not fit: ")
        .hasMessageContaining("\"pasword\" is not one of its settings; did you mean \"password\"?")
        .hasMessageContaining("\"host\" is missing")
        .hasMessageContaining("\"port\": \"many\" is not an int")
        .hasMessageContaining("\"to\": not JSON")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void whatTheRecordItselfRefusesIsToldAsItSaysIt() {
    BlockContent content = new BlockContent(Map.of("host", "\"h\"", "port", "0"), Map.of());
    assertThatThrownBy(() -> type.together(content))
        .hasMessage("the port must be at least 1, was 0");
  }
}
