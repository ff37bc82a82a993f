package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.flow.DataInterval;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static List<String> ticks(String line, String zone, String from, int count) {
    return Schedule.cron(line, ZoneId.of(zone))
        .ticks(Instant.parse(from), Ticks.LATEST, count)
        .stream()
        .map(Instant::toString)
        .toList();
  }

  @Test
  void aFixedTimeThatTheClockLeavesOutComesRightAfterTheChange() {
    assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void severalFixedTimesThatTheClockLeavesOutComeOnce() {
    assertThat(ticks("0,30 2,3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
  }

  @Test
  void aFixedTimeThatTheClockShowsTwiceComesTheFirstTime() {
    assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void halfAnHourOfSummerTimeIsHalfAnHour() {
    assertThat(ticks("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 1))
        .containsExactly("2026-10-03T15:30:00Z");
    assertThat(ticks("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", 2))
        .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
  }

  @Test
  void linesWithStarsGoByWhatTheClockShows() {
    assertThat(ticks("0 * * * *", "Europe/Berlin", "2026-10-24T23:00:00Z", 4))
        .containsExactly(
            "2026-10-24T23:00:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z");
    assertThat(ticks("*/30 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 1))
        .containsExactly("2026-03-30T00:00:00Z");
  }

  @Test
  void aDayThatTheCalendarLeftOutIsAChangeLikeAnother() {
    assertThat(ticks("0 6 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", 1))
        .containsExactly("2011-12-30T10:00:00Z");
  }

  @Test
  void whatTheClockShowsAgainIsOverForFixedTimesOnly() {
    Instant second = Instant.parse("2026-10-25T01:10:00Z");
    assertThat(Schedule.cron("30 2 * * *", BERLIN).next(second))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
    assertThat(Schedule.cron("30 * * * *", BERLIN).next(second))
        .contains(Instant.parse("2026-10-25T01:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@weekly         | 2026-01-01T00:00 | 2026-01-04T00:00",
        "@MIDNIGHT       | 2026-01-01T00:00 | 2026-01-02T00:00",
        "@annually       | 2026-01-01T00:00 | 2027-01-01T00:00",
        "0 0 29 2 *      | 2097-01-01T00:00 | 2104-02-29T00:00",
        "0 0 * * 7       | 2026-01-01T00:00 | 2026-01-04T00:00",
        "0 0 * * 6-7     | 2026-01-03T00:00 | 2026-01-04T00:00",
        "0 0 * jan-Feb,DEC mon | 2026-02-24T00:00 | 2026-12-07T00:00",
        "0 0 L * *       | 2028-02-01T00:00 | 2028-02-29T00:00",
        "0 0 L-2 * *     | 2026-02-01T00:00 | 2026-02-26T00:00",
        "0 0 LW * *      | 2026-01-01T00:00 | 2026-01-30T00:00",
        "0 0 15W * *     | 2026-02-01T00:00 | 2026-02-16T00:00",
        "0 0 1W * *      | 2026-08-01T00:00 | 2026-08-03T00:00",
        "0 0 31W * *     | 2026-05-01T00:00 | 2026-05-29T00:00",
        "0 0 * * FRI#5   | 2026-02-01T00:00 | 2026-05-29T00:00",
        "0 0 * * 5L      | 2026-02-01T00:00 | 2026-02-27T00:00",
        "0 0 13 * FRI    | 2026-01-10T00:00 | 2026-01-13T00:00",
        "0 0 */2 * FRI   | 2026-01-04T00:00 | 2026-01-09T00:00",
      })
  void daysAreThoseThatCronUsersKnow(String line, LocalDateTime after, LocalDateTime next) {
    assertThat(Schedule.cron(line, UTC).next(after.atZone(UTC).toInstant()))
        .contains(next.atZone(UTC).toInstant());
  }

  @Test
  void badLinesAreRefusedWithEachFieldByName() throws IOException {
    StringBuilder messages = new StringBuilder();
    for (String line :
        List.of(
            "0 0 31 2 *",
            "0 0 30 FEB */2",
            "60 24 0 13 8",
            "5/15 * * * FRI-MON",
            "*/0 */x 32W * FRI#6",
            "0 0 L-31 * L",
            "0 6 * *",
            "0 0 6 * * ?",
            "",
            "@dayly",
            "1, -5 a-b MON JAN")) {
      messages.append(refusal(line)).append("\n\n");
    }
    Golden.assertMatches("cron-refused", messages.toString());
  }

  private static String refusal(String line) {
    Throwable refused = catchThrowable(() -> Schedule.cron(line, UTC));
    assertThat(refused).as(line).isInstanceOf(ScheduleRefused.class);
    return String.valueOf(refused.getMessage());
  }

  @Test
  void theIntervalOfATickBeginsAtTheOneBefore() {
    Schedule daily =
        Schedule.cron("@daily", BERLIN).within(Span.from(Instant.parse("2026-03-29T22:00:00Z")));
    Instant first = daily.next(Instant.EPOCH).orElseThrow();
    assertThat(daily.previous(first)).isEmpty();
    assertThat(daily.interval(first))
        .isEqualTo(
            new DataInterval(
                Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z")));
  }

  @Test
  void ticksLieWithinTheSpan() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant end = Instant.parse("2026-01-03T00:00:00Z");
    Schedule bounded = Schedule.cron("@daily", UTC).within(new Span(start, end));
    assertThat(bounded.ticks(Instant.EPOCH, Ticks.LATEST, 10))
        .containsExactly(start, Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(bounded.next(Instant.parse("2026-01-02T00:00:00Z"))).isEmpty();
    assertThat(bounded.next(Instant.MIN)).contains(start);
    assertThat(bounded.next(Instant.MAX)).isEmpty();
    assertThat(bounded.previous(Instant.MAX)).contains(Instant.parse("2026-01-02T00:00:00Z"));
    assertThatThrownBy(() -> new Span(end, start))
        .hasMessage(
            "schedule: its end 2026-01-01T00:00:00Z must be after its start 2026-01-03T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 6 * * 1-5  | at 06:30, on Monday to Friday (UTC)",
        "* * * * *     | every minute (UTC)",
        "*/15 9-17 * * *  | every minute in steps of 15 of hour 9-17 (UTC)",
        "0 * 1 1,7 *   | at minute 0 of every hour, on day of the month 1, in month 1,7 (UTC)",
        "0 0 13 * 5    | at 00:00, on day of the month 13 or on Friday (UTC)",
        "@hourly       | at minute 0 of every hour (UTC)",
      })
  void describedInWords(String line, String words) {
    assertThat(Schedule.cron(line, UTC).describe()).isEqualTo(words);
  }
}
