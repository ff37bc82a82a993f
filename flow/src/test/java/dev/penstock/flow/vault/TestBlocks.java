package dev.penstock.flow.vault;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import dev.penstock.data.block.Connectable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Block types as a connector would bring them.
public final class TestBlocks implements BlockTypes {
  public record Depot(String url, @Nullable Secret password) implements Connectable {
    @Override
    public ConnectionSettings connection() {
      return new ConnectionSettings(
          url, Map.of(), password == null ? Map.of() : Map.of("password", password));
    }
  }

  public record Port(int number) implements Connectable {
    @Override
    public ConnectionSettings connection() {
      return ConnectionSettings.of("port:" + number);
    }
  }

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>("test-depot", "For tests.", Depot.class),
        new BlockType<>("test-port", "For tests.", Port.class));
  }
}
