package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Functions of the user's that fail: the very exception, where it was thrown, and no half-written
/// table.
class UserFaultTest extends FaultTest {

  private static String program(String step) {
    return """
    record Trip(long id, int passengers, double amount) {}

    void main() {
        Pipeline.range(0, 20_000)
            .map(i -> new Trip(i, 1, i / 4.0))
            %s
            .to(Jdbc.table(connection("%s"), "trips", Trip.class).create())
            .run();
    }

    Trip fail(Trip trip) throws Exception {
        if (trip.id() == 12_345) {
            %s
        }
        return trip;
    }
    """
        .formatted(
            step.startsWith(".") ? step : ".map(this::fail)",
            DUCKDB,
            step.startsWith(".") ? "" : step);
  }

  @Test
  void aCheckedException() throws Exception {
    run("checked-exception", program("throw new java.io.IOException(\"no route to the moon\");"));
    assertNothingWritten();
  }

  @Test
  void anError() throws Exception {
    run("error", program("throw new StackOverflowError(\"too deep\");"));
    assertNothingWritten();
  }

  @Test
  void aNoSuchElementExceptionDoesNotLookLikeTheEnd() throws Exception {
    run("no-such-element", program("throw new NoSuchElementException(\"none\");"));
    assertNothingWritten();
  }

  @Test
  void aFunctionThatNeverReturns() throws Exception {
    String program =
        program("while (true) Thread.onSpinWait();")
            .replace("this::fail", "this::fail, timeout(Duration.ofMillis(200))");
    Command.Result result = command(program).run();
    matches("stuck-step", result);
    assertNothingWritten();
  }

  @Test
  void aConsumerThatStopsEarly() throws Exception {
    Command.Result result = command(program(".take(10)")).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(tables("jdbc:duckdb:" + work("out.duckdb"))).isEqualTo("trips 10");
  }
}
