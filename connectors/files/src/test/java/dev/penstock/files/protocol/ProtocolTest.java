package dev.penstock.files.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every order of two processes' steps, with crashes and lost answers anywhere: each record is seen
/// at most once, and none is lost that the log's position covers. The protocols that look right and
/// are not are found out.
@Timeout(180)
class ProtocolTest {
  private static final int PROCESSES = 2;

  private record Outcome(int worlds, @Nullable String problem, List<World> history) {}

  /// Looks at all worlds that can come to be, the near ones first.
  private static Outcome search(Protocol protocol) {
    World first = World.of(PROCESSES, 1, 1);
    Map<World, @Nullable World> before = new HashMap<>();
    ArrayDeque<World> waiting = new ArrayDeque<>();
    before.put(first, null);
    waiting.add(first);
    while (!waiting.isEmpty()) {
      World world = waiting.remove();
      String problem = problem(protocol, world);
      if (problem != null) {
        return new Outcome(before.size(), problem, history(world, before));
      }
      for (World next : protocol.next(world)) {
        if (!before.containsKey(next)) {
          before.put(next, world);
          waiting.add(next);
        }
      }
    }
    return new Outcome(before.size(), null, List.of());
  }

  private static @Nullable String problem(Protocol protocol, World world) {
    String problem = world.problem(protocol.hasLog());
    if (problem != null || protocol.hasLog()) {
      return problem;
    }
    // without a log, what somebody has gone on behind must still be there
    for (World.Range range : world.objects().values()) {
      boolean begins = range.from() == 0;
      for (World.Range other : world.objects().values()) {
        begins |= other.to() == range.from();
      }
      if (!begins) {
        return "record " + (range.from() - 1) + " is lost from " + world.objects();
      }
    }
    return null;
  }

  private static List<World> history(World end, Map<World, @Nullable World> before) {
    List<World> history = new ArrayList<>();
    for (World at = end; at != null; at = before.get(at)) {
      history.add(at);
    }
    return history.reversed();
  }

  @Test
  void in_no_order_of_steps_is_a_record_lost_or_seen_twice() {
    Outcome outcome = search(Protocol.RIGHT);
    assertThat(outcome.problem()).as(() -> outcome.history().toString()).isNull();
    assertThat(outcome.worlds()).as("a model that does little proves little").isGreaterThan(10_000);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RIGHT")
  void what_looks_right_and_is_not_is_found_out(Protocol protocol) {
    assertThat(search(protocol).problem()).as(protocol.name()).isNotNull();
  }
}
