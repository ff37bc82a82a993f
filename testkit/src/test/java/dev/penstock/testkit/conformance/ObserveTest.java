package dev.penstock.testkit.conformance;

import static dev.penstock.testkit.conformance.Way.INTS;
import static dev.penstock.testkit.conformance.Way.err;
import static dev.penstock.testkit.conformance.Way.holds;
import static dev.penstock.testkit.conformance.Way.inverse;
import static dev.penstock.testkit.conformance.Way.letters;
import static dev.penstock.testkit.conformance.Way.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Observation;
import dev.penstock.pipeline.plan.Observed;
import dev.penstock.testkit.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.groups.Tuple;

class ObserveTest {

  private static List<Tuple> observe(String text, Observation observation) {
    List<Tuple> seen = new ArrayList<>();
    Pipeline.over(letters(text))
        .map(Integer::parseInt)
        .tap(i -> inverse(i))
        .observe("digits", observation.to(o -> seen.add(Tuple.tuple(o.errors(), o.elements()))))
        .catching(NumberFormatException.class, ArithmeticException.class)
        .skip()
        .run();
    return seen;
  }

  private static List<Tuple> tuples(long... errorsAndElements) {
    List<Tuple> all = new ArrayList<>();
    for (int i = 0; i < errorsAndElements.length; i += 2) {
      all.add(Tuple.tuple(errorsAndElements[i], errorsAndElements[i + 1]));
    }
    return all;
  }

  @Case("A-240")
  void records_and_failures_pass_unchanged() {
    for (Observation every :
        List.of(Observation.DEFAULT, Observation.every(2), Observation.every(Duration.ofDays(1)))) {
      Observation silent = every.to(o -> {});
      holds(way -> way.through(Pipeline.over(INTS)).observe("ints", silent), INTS);
      holds(
          way ->
              Pipeline.over(letters("01-2"))
                  .map(Integer::parseInt, way.options)
                  .observe("ints", silent),
          list(0, 1, err(NumberFormatException.class), 2));
    }
  }

  @Case("A-241")
  void an_empty_pipeline_is_observed_once() {
    assertThat(observe("", Observation.DEFAULT)).isEqualTo(tuples(0, 0));
  }

  @Case("A-242")
  void records_and_failures_are_reported_at_powers_of_two_and_at_the_end() {
    assertThat(observe("12---3456----07", Observation.DEFAULT))
        .isEqualTo(tuples(0, 1, 0, 2, 1, 2, 2, 2, 3, 4, 4, 6, 8, 6, 8, 7));
  }

  @Case("A-244")
  void every_record_and_failure_is_reported() {
    assertThat(observe("12---3456-----", Observation.every(1)))
        .isEqualTo(
            tuples(
                0, 1, 0, 2, 1, 2, 2, 2, 3, 2, 3, 3, 3, 4, 3, 5, 3, 6, 4, 6, 5, 6, 6, 6, 7, 6, 8,
                6));
  }

  @Case("A-247")
  void a_long_interval_reports_the_start_and_the_end() {
    assertThat(observe("12---3456-----7", Observation.every(Duration.ofDays(1))))
        .isEqualTo(tuples(0, 0, 8, 7));
  }

  @Case("A-249")
  void the_first_record_and_every_second_are_reported() {
    List<Long> elements = new ArrayList<>();
    Pipeline.range(0, 8)
        .observe("eight", Observation.every(2).to(o -> elements.add(o.elements())))
        .run();
    assertThat(elements).containsExactly(1L, 2L, 4L, 6L, 8L);
  }

  @Case("A-250")
  void an_observer_that_throws_is_logged_once_and_ignored() {
    List<LogRecord> logged =
        logged(() ->
            assertThat(
                    Pipeline.over(INTS)
                        .observe(
                            "ints",
                            Observation.every(1)
                                .to(o -> {
                                  throw new IllegalStateException("observer");
                                }))
                        .toList())
                .isEqualTo(INTS));
    assertThat(logged).hasSize(1);
  }

  @Case("A-252")
  void the_subject_is_escaped() {
    assertThat(line("")).startsWith("observed=\"\" ");
    assertThat(line("ints")).startsWith("observed=ints ");
    assertThat(line("in ts")).startsWith("observed=\"in ts\" ");
    assertThat(line("in\"ts")).startsWith("observed=\"in\\\"ts\" ");
    assertThat(line("in\\ts")).startsWith("observed=\"in\\\\ts\" ");
  }

  private static String line(String subject) {
    return new Observed(subject, Duration.ofNanos(1_117_000), 0, 2).logfmt();
  }

  @Case({"A-253", "L-254"})
  void the_log_has_a_line_at_powers_of_two_and_at_the_end() {
    assertThat(line("ints")).isEqualTo("observed=ints elapsed=0:00:00.001117 errors=0 elements=2");
    List<LogRecord> logged = logged(() -> Pipeline.range(0, 10).observe("ints").run());
    assertThat(logged).allMatch(r -> r.getLevel().equals(Level.INFO));
    assertThat(logged)
        .extracting(r -> r.getMessage().replaceAll("elapsed=\\S+", "elapsed=T"))
        .containsExactly(
            "observed=ints elapsed=T errors=0 elements=1",
            "observed=ints elapsed=T errors=0 elements=2",
            "observed=ints elapsed=T errors=0 elements=4",
            "observed=ints elapsed=T errors=0 elements=8",
            "observed=ints elapsed=T errors=0 elements=10");
  }

  @Case("P-255")
  void an_interval_leaves_no_thread_behind() {
    Census before = Census.take();
    Pipeline.range(0, 10)
        .observe("ints", Observation.every(Duration.ofSeconds(30)).to(o -> {}))
        .run();
    assertThat(before.leaks(Duration.ofSeconds(1))).isEmpty();
  }

  private static List<LogRecord> logged(Runnable run) {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            if (record.getLoggerName().startsWith("dev.penstock")) {
              records.add(record);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      run.run();
    } finally {
      root.removeHandler(handler);
    }
    return records;
  }
}
