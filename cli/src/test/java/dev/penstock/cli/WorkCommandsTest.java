package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.testkit.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkCommandsTest extends CommandLineTests {
  @Test
  void poolsAndTheirQueuesAreMadeSteeredAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "work-pool ls");
    say(said, "work-pool create etl --type inline --concurrency-limit 4");
    say(said, "work-pool create etl");
    say(said, "work-pool create etl2 --type docker");
    say(said, "work-pool pause etl");
    say(said, "work-pools ls");
    say(said, "work-pool resume elt");
    say(said, "work-pool resume etl --output json");
    say(said, "work-pool set-concurrency-limit etl 2");
    say(said, "work-pool inspect etl");
    say(said, "work-queue create urgent --pool etl --priority 1");
    say(said, "work-queue create urgent --pool etl");
    say(said, "work-queue pause urgent --pool etl");
    say(said, "work-queue update urgent --pool etl --concurrency-limit 3");
    say(said, "work-queue ls --pool etl");
    say(said, "work-queue inspect urgnet --pool etl");
    say(said, "work-queue delete urgent --pool etl");
    say(said, "work-queue delete urgent --pool etl");
    say(said, "work-pool clear-concurrency-limit etl");
    say(said, "work-pool delete etl");
    say(said, "worker ls");
    Golden.assertMatches("work-pool", said.toString());
  }

  @Test
  void limitsAreMadeChangedAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "concurrency-limit ls");
    say(said, "concurrency-limit create db 10");
    say(said, "concurrency-limit create db 10");
    say(said, "concurrency-limit create crm -1");
    say(said, "concurrency-limit create crm many");
    say(said, "concurrency-limit create crm 5 --decay 1s");
    say(said, "concurrency-limit update db 8");
    say(said, "work-pool create db --concurrency-limit 2");
    say(said, "concurrency-limit ls");
    say(said, "concurrency-limit inspect db");
    say(said, "concurrency-limit inspect db --kind tag");
    say(said, "concurrency-limit inspect bd");
    say(said, "concurrency-limit free crm");
    say(said, "concurrency-limit free crm --holder nobody");
    say(said, "concurrency-limit delete db");
    say(said, "concurrency-limit delete db");
    Golden.assertMatches("concurrency-limit", said.toString());
  }

  @Test
  void whoHoldsASlotIsShownAndItCanBeFreed() throws Exception {
    store.limits().create(Limit.of(LimitKey.tag("slow"), 1));
    begun("patient");
    shop.awaitWaiting();
    String inspected = run("concurrency-limit", "inspect", "slow", "--output", "json").out();
    assertThat(JsonTree.readObject(inspected)).containsEntry("taken", 1);
    assertThat(inspected).contains("\"label\":\"task run 'wait-0' of flow run '");
    String holder =
        store.limits().find(LimitKey.tag("slow")).orElseThrow().taken().getFirst().holder();
    assertThat(run(Map.of(), "concurrency-limit", "free", "slow", "--holder", holder).out())
        .isEqualTo("Freed 1 slot of slow" + System.lineSeparator());
    assertThat(store.limits().find(LimitKey.tag("slow")).orElseThrow().taken()).isEmpty();
    assertThat(run("concurrency-limit", "free", "slow", "--output", "json").out())
        .as("members in the order in which they are said")
        .isEqualTo("{\"name\":\"slow\",\"freed\":0}" + System.lineSeparator());
  }
}
