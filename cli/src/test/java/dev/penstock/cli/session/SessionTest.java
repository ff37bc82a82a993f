package dev.penstock.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateType;
import dev.penstock.pipeline.run.RunClock;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static Session session(boolean colors) {
    Session.Terminal terminal =
        new Session.Terminal(
            new PrintWriter(System.out),
            new PrintWriter(System.err),
            SecretInput.of(InputStream.nullInputStream()),
            colors,
            Session.Terminal.WIDE);
    return new Session(Map.of(), Path.of("home"), RunClock.SYSTEM, ZoneOffset.UTC, terminal);
  }

  @Test
  void statesAreColoredOnTerminalsOnly() {
    assertThat(session(true).colored("Failed", StateType.FAILED))
        .isEqualTo("\033[31mFailed\033[0m");
    assertThat(session(false).colored("Failed", StateType.FAILED)).isEqualTo("Failed");
  }

  @Test
  void colorsTakeNoRoomInATable() {
    Table table = Table.ofTexts();
    table.row(List.of("STATE", "NAME"));
    table.row(List.of(session(true).colored("Failed", StateType.FAILED), "quiet-otter"));
    assertThat(table.toString())
        .isEqualTo("STATE   NAME" + System.lineSeparator() + "\033[31mFailed\033[0m  quiet-otter");
  }

  @Test
  void aTableIsCutToTheWidthOfATerminal() {
    Table table = Table.ofTexts();
    table.row(List.of("ID", "NAME", "STATE"));
    table.row(
        List.of(
            "019a8c52-77aa-7000-8000-000000000001",
            "discerning-grebe",
            session(true).colored("AwaitingConcurrencySlot", StateType.SCHEDULED)));
    assertThat(table.within(60).lines())
        .containsExactly(
            "ID                    NAME              STATE",
            "019a8c52-77aa-7000-…  discerning-grebe  AwaitingConcurrency…");
    assertThat(table.within(20).lines()).allMatch(line -> line.length() <= 3 * 8 + 2 * 2);
    assertThat(table.toString()).contains("019a8c52-77aa-7000-8000-000000000001");
  }

  @Test
  void idsAreShortenedAndLongTextsWrappedBeforeATableIsTooWide() {
    Table table = Table.ofTexts(List.of(Table.Fit.SHORTEN, Table.Fit.CUT, Table.Fit.WRAP));
    table.row(List.of("ID", "NAME", "FOUND"));
    table.row(
        List.of(
            "019a8c52-77aa-7000-8000-000000000001",
            "discerning-grebe",
            "it cannot be written: make it writable, or set PENSTOCK_HOME"));
    table.row(List.of("019a8c52-8000-7000-8000-000000000001", "calm-owl", "well"));
    assertThat(table.within(60).lines())
        .containsExactly(
            "ID          NAME              FOUND",
            "019a8c52-7  discerning-grebe  it cannot be written: make it",
            "                              writable, or set PENSTOCK_HOME",
            "019a8c52-8  calm-owl          well");
    assertThat(table.within(200)).contains("019a8c52-8000-7000-8000-000000000001");
  }

  @Test
  void timesAreToldByTheirDistance() {
    Instant now = Instant.parse("2026-01-10T12:00:00Z");
    assertThat(Ages.of(null, now)).isEmpty();
    assertThat(Ages.of(now, now)).isEqualTo("now");
    assertThat(Ages.of(now.minusSeconds(59), now)).isEqualTo("59 s ago");
    assertThat(Ages.of(now.minusSeconds(60), now)).isEqualTo("1 min ago");
    assertThat(Ages.of(now.minus(Duration.ofHours(47)), now)).isEqualTo("47 h ago");
    assertThat(Ages.of(now.minus(Duration.ofDays(2)), now)).isEqualTo("2 d ago");
    assertThat(Ages.of(now.plus(Duration.ofMinutes(5)), now)).isEqualTo("in 5 min");
  }
}
