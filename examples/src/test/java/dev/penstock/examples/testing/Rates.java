package dev.penstock.examples.testing;

import static dev.penstock.Penstock.*;

import dev.penstock.flow.DataInterval;
import dev.penstock.flow.Default;
import dev.penstock.flow.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Exchange rates of a day, from a bank into a table.
final class Rates {
  record Rate(String currency, double value) {}

  /// Where rates come from.
  interface Bank {
    List<Rate> rates(String base) throws Exception;

    Optional<Double> fixing(String base);
  }

  private final Bank bank;
  private final List<Rate> table;

  Rates(Bank bank, List<Rate> table) {
    this.bank = bank;
    this.table = table;
  }

  @Flow
  int load(@Default("EUR") String base) {
    List<Rate> rates =
        task("fetch").retry(times(3).every(Duration.ofMinutes(10))).call(this::fetch, base);
    task("store").run(this::store, rates);
    return rates.size();
  }

  List<Rate> fetch(String base) throws Exception {
    return bank.rates(base);
  }

  void store(List<Rate> rates) {
    table.addAll(rates);
  }

  @Flow
  double fixing(@Default("EUR") String base) {
    return waitFor(
        "the fixing is there", Duration.ofMinutes(1), Duration.ofHours(2), () -> bank.fixing(base));
  }

  @Flow
  void daily(DataInterval day) {
    log.info("rates of {}", day.from());
    task("store").run(this::store, task("fetch").call(this::fetch, "EUR"));
  }
}
