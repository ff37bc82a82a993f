package dev.penstock.flow.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.notify.HookServer;
import dev.penstock.flow.notify.MailServer;
import dev.penstock.flow.notify.Smtp;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Delivery.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What becomes of that which automations have to do, and of automations themselves, in every
/// store.
abstract class DeliveriesContract extends AutomationsInStore {
  @Test
  void whatIsNotTakenIsTriedAgainLaterAndLaterAndAllIsRecorded() throws Exception {
    hooks.answer(500, 503, 429, 500);
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    for (int minutes : List.of(0, 1, 2, 3)) {
      elapse(Duration.ofMinutes(minutes).minusSeconds(10));
      automations.tick();
      elapse(Duration.ofSeconds(10));
      automations.tick();
    }
    assertThat(hooks.bodies()).hasSize(4);
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.FAILED, Delivery::progress)
        .returns(4, Delivery::attempts)
        .returns(500, Delivery::responseCode)
        .returns("127.0.0.1 answered 500", Delivery::error);
    elapse(Duration.ofDays(1));
    automations.tick();
    assertThat(hooks.bodies()).hasSize(4);
  }

  @Test
  void whatWillNeverBeTakenIsGivenUpAndShowsNoSecret() throws Exception {
    hooks.answer(404);
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    automations.tick();
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.FAILED, Delivery::progress)
        .returns(404, Delivery::responseCode);
    assertThat(deliveries().toString()).doesNotContain(HookServer.TOKEN);
  }

  @Test
  void anAttemptWhoseProcessDiedIsMadeByAnother() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    store.automations().evaluate(evaluation -> Rules.evaluate(evaluation));
    Delivery lost = store.deliveries().take(10, SETTINGS.lease()).getFirst();
    automations.tick();
    assertThat(hooks.bodies()).isEmpty();
    elapse(SETTINGS.lease());
    automations.tick();
    store
        .deliveries()
        .record(
            lost,
            new dev.penstock.flow.store.Deliveries.Outcome(Progress.FAILED, null, "late", null));
    assertThat(deliveries())
        .singleElement()
        .returns(Progress.DELIVERED, Delivery::progress)
        .returns(2, Delivery::attempts);
  }

  @Test
  void aBlockThatIsNotThereIsToldByTheDelivery() throws Exception {
    save(
        new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)),
        new Action.Notify("slack-webhook", "opps", "", ""));
    fail("ingest");
    automations.tick();
    assertThat(deliveries().getFirst().error())
        .isEqualTo("there is no slack-webhook block \"opps\"; did you mean \"ops\"?");
  }

  @Test
  void mailIsSentAndDeploymentsAreRun() throws Exception {
    try (MailServer mails = new MailServer()) {
      vault(store)
          .blocks()
          .save(
              "post",
              new Smtp(
                  "127.0.0.1",
                  mails.port(),
                  Smtp.Security.NONE,
                  null,
                  null,
                  "a@example.org",
                  List.of("b@example.org")));
      save(
          new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)),
          new Action.Notify("smtp", "post", "{{flow-run.name}} failed", "{{flow-run.message}}"),
          new Action.RunDeployment("repair", "{\"n\":2}"),
          new Action.PauseDeployment("nightly"));
      fail("ingest");
      automations.tick();
      assertThat(mails.mails().getFirst()).contains("Subject: quiet-otter failed\n");
    }
    assertThat(deployed).singleElement().asString().startsWith("repair{\"n\":2}automation/");
    assertThat(deliveries())
        .extracting(Delivery::error)
        .containsExactlyInAnyOrder(null, null, "there is no deployment \"nightly\"");
  }

  @Test
  void oldEventsAndFiringsAreForgottenInSmallSteps() throws Exception {
    save(new Trigger.OnState(Runs.ALL, Set.of(StateName.FAILED)), tell("x"));
    fail("ingest");
    automations.tick();
    elapse(Duration.ofDays(8));
    run("ingest");
    assertThat(store.events().forget(Duration.ofDays(7), 3)).isEqualTo(4);
    assertThat(store.events().forget(Duration.ofDays(7), 3)).isEqualTo(1);
    assertThat(deliveries()).isEmpty();
    assertThat(store.events().after(0, 10)).hasSize(1);
  }

  @Test
  void anAutomationIsJsonAndIsCheckedWhenItIsSaved() {
    Automation automation =
        new Automation(
            "watch",
            new Trigger.OnAbsence(Runs.of("ingest"), Set.of(), Set.of(StateName.COMPLETED), HOUR),
            List.of(tell("x"), new Action.CancelRun()));
    automations.save(automation);
    assertThat(automations.find("watch")).contains(automation);
    assertThat(Automations.parse("watch", automations.list().getFirst().definition()))
        .isEqualTo(automation);

    assertThatThrownBy(() -> tell("{{flow-run.nmae}}"))
        .hasMessageStartingWith(
            "{{flow-run.nmae}} stands for nothing; did you mean \"flow-run.name\"?");
    assertThatThrownBy(
            () -> save(automation.trigger(), new Action.Notify("test-depot", "ops", "x", "x")))
        .hasMessage(
            "nobody can be notified over a test-depot block: take one of slack-webhook, smtp,"
                + " webhook");
    assertThatThrownBy(() -> Automations.parse("watch", "{\"trigger\":{}}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("this is not a trigger with actions: ");
  }
}
