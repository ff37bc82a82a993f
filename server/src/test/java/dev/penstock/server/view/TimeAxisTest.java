package dev.penstock.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the time that has passed is told along an axis.
class TimeAxisTest {
  private static List<String> labels(double millis, Zoom zoom) {
    return TimeAxis.of(Instant.EPOCH, millis, zoom).ticks(0.97).stream()
        .map(Timeline.Tick::label)
        .toList();
  }

  @Test
  void stepsAreRoundWhateverTheLength() {
    assertThat(labels(2200, Zoom.ALL)).containsExactly("0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s");
    assertThat(labels(252_000, Zoom.ALL)).containsExactly("0:00", "1:00", "2:00", "3:00", "4:00");
    assertThat(labels(9_400_000, Zoom.ALL))
        .containsExactly("0:00", "30:00", "1:00:00", "1:30:00", "2:00:00", "2:30:00");
    assertThat(labels(252_000, new Zoom(124_500, 128_000))).containsExactly("2:05", "2:06", "2:07");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 7, 40, 999, 3400, 9900, 10_500, 61_000, 3_599_000, 90_000_000})
  void noLabelIsThereTwice(double millis) {
    long narrow = (long) millis / 2;
    for (Zoom zoom : List.of(Zoom.ALL, new Zoom(narrow, narrow + narrow / 4), new Zoom(0, 20))) {
      TimeAxis axis = TimeAxis.of(Instant.EPOCH, millis, zoom);
      List<String> labels = labels(millis, zoom);
      assertThat(labels).doesNotHaveDuplicates();
      String edge = axis.label(Duration.ofNanos((long) (millis * 1e6 * 0.93)), true);
      assertThat(axis.ticks(0.84).stream().map(Timeline.Tick::label))
          .as("the live edge %s at %s", edge, zoom)
          .doesNotContain(zoom.isAll() ? edge : "");
    }
  }

  @Test
  void zoomingKeepsTheMiddleAndEndsAtAll() {
    Zoom zoom = new Zoom(4000, 8000);
    assertThat(zoom.in()).isEqualTo(new Zoom(5000, 7000));
    assertThat(zoom.out(20_000)).isEqualTo(new Zoom(2000, 10_000));
    assertThat(zoom.out(8000)).isEqualTo(Zoom.ALL);
    assertThat(zoom.moved(1, 20_000)).isEqualTo(new Zoom(6000, 10_000));
    assertThat(zoom.moved(-3, 20_000)).isEqualTo(new Zoom(0, 4000));
    assertThat(zoom.moved(9, 20_000)).isEqualTo(new Zoom(16_000, 20_000));
    assertThat(new Zoom(10, 11)).as("no narrower").isEqualTo(new Zoom(10, 30));
  }
}
