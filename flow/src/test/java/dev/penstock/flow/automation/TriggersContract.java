package dev.penstock.flow.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Delivery.Progress;
import dev.penstock.flow.store.Event;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// When automations fire, in every store.
abstract class TriggersContract extends AutomationsInStore {
  @Test
  void eachStateOfARunIsAnEventOfTheSameTransaction() {
    FlowRun run = run("ingest");
    end(begin(run), StateName.COMPLETED, "all \"well\"");
    assertThat(store.events().of(run.id(), 10))
        .extracting(Event::name)
        .containsExactly(
            "penstock.flow-run.Scheduled",
            "penstock.flow-run.Pending",
            "penstock.flow-run.Running",
            "penstock.flow-run.Completed");
    assertThat(store.events().of(run.id(), 10).getLast().payload())
        .isEqualTo("{\"message\":\"all \\\"well\\\"\"}");
    assertThat(store.flowRuns().history(run.id())).hasSize(4);
  }

  @Test
  void aStateOfAMatchingRunIsToldOnce() throws Exception {
    save(
        new Trigger.OnState(
            new Runs(List.of("ing*"), List.of(), List.of("nightly"), List.of()),
            Set.of(StateName.FAILED, StateName.CRASHED)),
        tell("{{flow.name}} {{ flow-run.state }}: {{flow-run.message}} ({{flow-run.parameters}})"));
    fail("ingest", "nightly", "taxi");
    fail("ingest");
    fail("report", "nightly");
    end(begin(run("ingest", "nightly")), StateName.COMPLETED, "");
    automations.tick();
    automations.tick();

    assertThat(hooks.bodies())
        .containsExactly("{\"text\":\"*told*\\ningest Failed: no &lt;disk&gt; ({\\\"n\\\":1})\"}");
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.DELIVERED, Delivery::progress)
        .returns(200, Delivery::responseCode)
        .returns(1, Delivery::attempts);
  }

  @Test
  void whatHappenedBeforeOrWhileDisabledDoesNotMatter() throws Exception {
    fail("ingest");
    elapse(Duration.ofSeconds(1));
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    automations.enable("watch", false);
    fail("ingest");
    elapse(Duration.ofSeconds(1));
    automations.enable("watch", true);
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();
    fail("ingest");
    automations.tick();
    assertThat(hooks.bodies()).hasSize(1);
  }

  @Test
  void severalProcessesFireOnceForEachEvent() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    try (Store second = Store.open(url);
        Automations beside = automations(second);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ticking = new ArrayList<>();
      for (Automations each : List.of(automations, beside, automations, beside)) {
        ticking.add(
            threads.submit(() -> {
              for (int i = 0; i < 10; i++) {
                each.tick();
              }
              return null;
            }));
      }
      for (int i = 0; i < 20; i++) {
        fail("ingest");
      }
      for (Future<?> each : ticking) {
        each.get();
      }
      automations.tick();
    }
    assertThat(hooks.bodies()).hasSize(20);
    assertThat(deliveries()).hasSize(20);
  }

  @Test
  void aRunThatDoesNotEndInTimeIsToldOnceAlsoAfterARestart() throws Exception {
    Trigger late =
        new Trigger.OnAbsence(
            Runs.of("ingest"), Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR);
    save(late, tell("{{flow-run.name}}: {{reason}}"));
    begin(run("ingest"));
    begin(run("report"));
    automations.tick();
    elapse(Duration.ofMinutes(59));
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();

    elapse(Duration.ofMinutes(2));
    store.close();
    automations.close();
    store = Store.open(url);
    automations = automations(store);
    automations.tick();
    automations.tick();
    assertThat(hooks.bodies())
        .containsExactly("{\"text\":\"*told*\\nquiet-otter: none of [Completed] within PT1H\"}");
  }

  @Test
  void aRunThatEndsInTimeIsNotToldHoweverLateSomebodyLooks() throws Exception {
    save(
        new Trigger.OnAbsence(
            Runs.ALL, Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    Claimed quick = begin(run("quick"));
    elapse(Duration.ofMinutes(30));
    end(quick, StateName.COMPLETED, "");
    Claimed slow = begin(run("slow"));
    elapse(Duration.ofMinutes(90));
    end(slow, StateName.COMPLETED, "");
    elapse(Duration.ofDays(1));
    automations.tick();
    automations.tick();
    assertThat(deliveries())
        .extracting(delivery -> delivery.facts().get("flow.name"))
        .containsExactly("slow");
  }

  @Test
  void whatCameInTimeCountsThoughItIsBehindManyOtherEvents() throws Exception {
    save(
        new Trigger.OnAbsence(
            Runs.of("ingest"), Set.of(StateName.RUNNING), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    Claimed claimed = begin(run("ingest"));
    automations.tick();
    for (int i = 0; i < 250; i++) {
      run("other");
    }
    end(claimed, StateName.COMPLETED, "");
    elapse(Duration.ofHours(2));
    automations.tick();
    assertThat(deliveries()).isEmpty();
  }

  @Test
  void aFlowThatDoesNotRunIsToldOncePerTime() throws Exception {
    save(
        new Trigger.OnAbsence(Runs.of("ingest"), Set.of(), Set.of(StateName.COMPLETED), HOUR),
        tell("x"));
    automations.tick();
    elapse(Duration.ofMinutes(50));
    end(begin(run("ingest")), StateName.COMPLETED, "");
    automations.tick();
    elapse(Duration.ofMinutes(50));
    automations.tick();
    assertThat(deliveries()).isEmpty();
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(1);
    automations.tick();
    elapse(Duration.ofHours(30));
    automations.tick();
    automations.tick();
    assertThat(deliveries()).hasSize(2);
  }

  private void figures(Claimed claimed, String summary) {
    store
        .taskRuns()
        .move(
            claimed.lease(),
            new TaskMove(
                claimed.run().id() + "-load",
                new TaskRun.Key(claimed.run().id(), 0, "000000", "load-0", "load", null),
                List.of(),
                1,
                StateName.RUNNING,
                "",
                null,
                null,
                null,
                summary));
  }

  @Test
  void aPipelineThatStandsStillIsToldOncePerStandstill() throws Exception {
    save(new Trigger.OnStandstill(Runs.ALL, Duration.ofMinutes(10)), tell("{{reason}}"));
    Claimed claimed = begin(run("ingest"));
    figures(claimed, "{\"in\":7,\"failed\":0}");
    automations.tick();
    elapse(Duration.ofMinutes(9));
    automations.tick();
    assertThat(deliveries()).isEmpty();
    elapse(Duration.ofMinutes(2));
    automations.tick();
    automations.tick();
    assertThat(deliveries()).hasSize(1);
    assertThat(deliveries().getFirst().facts().get("reason")).endsWith("after 7");
    figures(claimed, "{\"in\":8,\"failed\":0}");
    automations.tick();
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(2);
    end(claimed, StateName.COMPLETED, "");
    elapse(Duration.ofMinutes(11));
    automations.tick();
    assertThat(deliveries()).hasSize(2);
  }

  @Test
  void aPipelineWithManyErrorsIsToldAndItsRunCancelled() throws Exception {
    save(new Trigger.OnErrorRatio(Runs.ALL, 0.1, 100), tell("{{reason}}"), new Action.CancelRun());
    figures(begin(run("other")), "[]");
    Claimed claimed = begin(run("ingest"));
    figures(claimed, "{\"in\":99,\"failed\":99}");
    automations.tick();
    figures(claimed, "{\"in\":1000,\"failed\":100}");
    automations.tick();
    assertThat(deliveries()).isEmpty();
    figures(claimed, "{\"in\":1001,\"failed\":101}");
    automations.tick();
    automations.tick();
    assertThat(hooks.bodies()).singleElement().asString().contains("101 of 1001 records");
    assertThat(store.flowRuns().find(claimed.run().id()).orElseThrow().state().name())
        .isEqualTo(StateName.CANCELLING);
  }
}
