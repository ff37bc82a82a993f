package dev.penstock.examples.testing;

import static dev.penstock.flow.state.StateName.AWAITING_RETRY;
import static dev.penstock.flow.state.StateName.COMPLETED;
import static dev.penstock.flow.state.StateName.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.penstock.examples.testing.Rates.Rate;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.junit.FlowTest;
import dev.penstock.junit.TestFlows;
import dev.penstock.junit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The tests of `docs/testing.md`.
@FlowTest
class RatesTest {
  private final FakeBank bank = new FakeBank();
  private final List<Rate> table = new ArrayList<>();
  private final Rates rates = new Rates(bank, table);

  @Test
  void loadsTheRatesOfABase(TestFlows flows) {
    TestRun run = flows.of(rates, "load").run("base=USD");
    assertThat(run.result(Integer.class)).isEqualTo(2);
    assertThat(run.tasks())
        .containsExactly(entry("fetch-0", COMPLETED), entry("store-0", COMPLETED));
    assertThat(table).hasSize(2);
  }

  @Test
  void asksAgainTenMinutesAfterAFailure(TestFlows flows) {
    bank.failures = 1;
    TestRun run = flows.of(rates, "load").start().await("fetch-0", AWAITING_RETRY);
    assertThat(bank.calls).isEqualTo(1);
    flows.advance(Duration.ofMinutes(10));
    run.await(COMPLETED);
    assertThat(bank.calls).isEqualTo(2);
  }

  @Test
  void doesNotAskTheBankAgainAfterACrash(TestFlows flows) {
    TestRun run = flows.of(rates, "load").crashAfter(1).run();
    assertThat(run.crashed()).isTrue();
    assertThat(table).isEmpty();
    run.takeOver().completed();
    assertThat(bank.calls).isEqualTo(1);
    assertThat(table).hasSize(2);
  }

  @Test
  void waitsForTheFixing(TestFlows flows) {
    TestRun run = flows.of(rates, "fixing").start().await(SUSPENDED);
    bank.fixing = Optional.of(1.08);
    flows.advance(Duration.ofMinutes(1));
    run.await(COMPLETED);
    assertThat(run.result(Double.class)).isEqualTo(1.08);
  }

  @Test
  void runsEachMorning(TestFlows flows) {
    flows.of(rates, "daily").schedule(Schedule.cron("0 6 * * *", ZoneId.of("Europe/Berlin")));
    List<TestRun> runs = flows.advance(Duration.ofDays(3));
    assertThat(runs).hasSize(3).allSatisfy(TestRun::completed);
    assertThat(bank.calls).isEqualTo(3);
  }

  private static final class FakeBank implements Rates.Bank {
    private int calls;
    private int failures;
    private Optional<Double> fixing = Optional.empty();

    @Override
    public List<Rate> rates(String base) throws IOException {
      calls++;
      if (failures-- > 0) {
        throw new IOException("503 Service Unavailable");
      }
      return List.of(new Rate("CHF", 0.93), new Rate("GBP", 0.84));
    }

    @Override
    public Optional<Double> fixing(String base) {
      return fixing;
    }
  }
}
