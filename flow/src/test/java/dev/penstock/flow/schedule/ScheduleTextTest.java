package dev.penstock.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron 0 6 * * MON-FRI zone=Europe/Berlin",
        "cron @daily zone=UTC start=2026-01-01T00:00:00Z end=2027-01-01T00:00:00Z",
        "interval PT1H30M anchor=2026-01-01T00:00:00Z zone=Asia/Kolkata",
        "rrule FREQ=MONTHLY;BYDAY=-1FR dtstart=2026-01-01T09:00 zone=Europe/Berlin"
            + " end=2027-01-01T00:00:00Z"
      })
  void whatIsWrittenIsReadBack(String text) {
    Schedule schedule = Schedule.parse(text);
    assertThat(schedule.text()).isEqualTo(text);
    assertThat(Schedule.of(schedule.toMap())).isEqualTo(schedule);
  }

  @Test
  void blanksAndOrderDoNotMatter() {
    assertThat(Schedule.parse(" cron   zone=Europe/Berlin 0  6 * * *"))
        .isEqualTo(Schedule.parse("cron 0 6 * * * zone=Europe/Berlin"));
    assertThat(Schedule.parse("cron @daily").zone().getId()).isEqualTo("UTC");
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    StringBuilder messages = new StringBuilder();
    for (String text :
        new String[] {
          "cron 60 * * * * zone=Berlin strat=x end=tomorrow",
          "interval 15m",
          "rrule FREQ=DAILY;COUNT=2;UNTIL=20260101 dtstart=2026-01-01T00:00",
          "crom @daily",
          "cron @daily anchor=2026-01-01T00:00:00Z dtstart=2026-01-01T00:00",
          "cron @daily zone=UTC zone=UTC",
          ""
        }) {
      messages.append(refusal(() -> Schedule.parse(text)));
    }
    messages.append(refusal(() -> Schedule.of(Map.of("cron", 5))));
    Golden.assertMatches("schedule-refused", messages.toString());
  }

  private static String refusal(Runnable maker) {
    Throwable refused = catchThrowable(maker::run);
    assertThat(refused).isInstanceOf(ScheduleRefused.class);
    return refused.getMessage() + "\n\n";
  }
}
