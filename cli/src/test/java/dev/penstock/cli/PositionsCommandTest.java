package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import dev.penstock.flow.JsonTree;
import dev.penstock.testkit.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsCommandTest extends CommandLineTests {
  private static final List<KeptPosition> KEPT = new ArrayList<>();

  /// A place named `memory`; one named `broken` does not answer.
  public static final class Memory implements PositionStores {
    @Override
    public Optional<PositionStore> open(String place) {
      return switch (place) {
        case "memory", "lake" -> Optional.of(new Open());
        case "broken" -> throw new IllegalStateException("nobody is at home");
        default -> Optional.empty();
      };
    }
  }

  private static final class Open implements PositionStore {
    @Override
    public List<KeptPosition> positions() {
      return List.copyOf(KEPT);
    }

    @Override
    public void forget(String pipeline) {
      KEPT.removeIf(kept -> kept.pipeline().equals(pipeline));
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void keep() {
    KEPT.clear();
    KEPT.add(new KeptPosition("trips", "trips.csv", 7, "row 4000"));
    KEPT.add(new KeptPosition("rooms", "rooms-v1 0", 2, "17"));
    KEPT.add(new KeptPosition("rooms", "rooms-v1 1", 1, null));
  }

  @Test
  void positionsAreShownByPipelineAndForgotten() throws Exception {
    StringBuilder said = new StringBuilder();
    Map<String, String> known =
        Map.of("PENSTOCK_CONNECTION_MEMORY", "x:y", "PENSTOCK_CONNECTION_BROKEN", "x:z");
    say(said, known, "positions ls");
    say(said, "positions ls");
    say(said, "positions ls memory --pipeline trips");
    say(said, "positions ls broken");
    say(said, "positions reset trip --in memory --yes");
    say(said, "positions reset trips --in memory");
    say(said, "positions reset trips --in memory --yes");
    say(said, "positions reset rooms --in memory --yes --output json");
    say(said, "positions ls memory");
    assertThat(run("positions", "ls", "https://me:s3cret@example.org/x").err())
        .isEqualToIgnoringNewLines(
            "https://me:***@example.org/x keeps no positions: name a connection to a database, or a directory that is there");
    Golden.assertMatches("positions", said.toString());
  }

  @Test
  void scriptsSeeJson() {
    assertThat(JsonTree.read(run("positions", "ls", "memory", "--output", "json").out()))
        .asString()
        .contains("rooms-v1 1", "row 4000");
  }
}
