package dev.penstock.flow;

import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.flow.store.StoredLetter.Replay;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Records that a pipeline gave up are kept with its run, and are tried again by themselves.
class DeadLetterReplayTest {
  private static final MemoryTable<Priced> PRICES = new MemoryTable<>("prices");
  private static final MemoryTable<DeadLetter> REJECTED = new MemoryTable<>("rejected");
  private static final AtomicInteger FETCHED = new AtomicInteger();
  private static volatile boolean known;

  record Trip(int id, String zone) {}

  record Priced(int id, int price) {}

  static class Program {
    @Flow
    long load() {
      int rows = task("fetch").call(this::fetch);
      Summary summary =
          task("load")
              .pipeline(
                  Pipeline.from(
                          MemorySource.of(
                              IntStream.range(0, rows).mapToObj(Program::trip).toList()))
                      .map(Program::price)
                      .catching(IllegalStateException.class)
                      .deadLetter(REJECTED)
                      .to(PRICES));
      return summary.out();
    }

    int fetch() {
      FETCHED.incrementAndGet();
      return 50;
    }

    static Trip trip(int id) {
      return new Trip(id, id % 20 == 19 ? "nowhere" : "here");
    }

    static Priced price(Trip trip) {
      if (trip.zone().equals("nowhere") && !known) {
        throw new IllegalStateException("no zone is called nowhere");
      }
      return new Priced(trip.id(), trip.zone().length());
    }
  }

  @Test
  void theyAreReplayedFromTheStepThatGaveThemUp() throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, "load");
    assertThat(PRICES.content()).hasSize(48);
    List<StoredLetter> letters = letters(end);
    assertThat(letters)
        .extracting(each -> each.letter().content().text())
        .containsExactly("Trip[id=19, zone=nowhere]", "Trip[id=39, zone=nowhere]");
    assertThat(letters).extracting(each -> each.letter().number()).containsExactly(19L, 39L);
    assertThat(letters)
        .extracting(each -> each.letter().position())
        .containsExactly(new SourcePosition("split-0", "20"), new SourcePosition("split-0", "40"));
    assertThat(letters.getFirst().letter().cause().trace()).contains("DeadLetterReplayTest");

    LocalFlows.store()
        .deadLetters()
        .replay(end.run(), letters.stream().map(StoredLetter::id).toList());
    known = true;
    FlowMethod method = FlowMethods.of(Program.class).getFirst();
    FlowEnd again = LocalRuntime.engine().runHere(end.run(), new MethodProgram(method));

    assertThat(again.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(PRICES.content())
        .hasSize(50)
        .endsWith(new Priced(19, 7), new Priced(39, 7))
        .doesNotHaveDuplicates();
    assertThat(FETCHED).hasValue(1);
    assertThat(REJECTED.content()).hasSize(2);
    assertThat(letters(end)).extracting(StoredLetter::replay).containsOnly(Replay.REPLAYED);
    assertThat(LocalFlows.store().flowRuns().find(end.run()).orElseThrow().result()).isEqualTo("2");
  }

  private static List<StoredLetter> letters(FlowEnd end) {
    return LocalFlows.store().deadLetters().of(end.run(), 0, 100);
  }
}
