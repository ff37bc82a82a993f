package dev.penstock.flow.vault;

import dev.penstock.data.DidYouMean;
import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// The block types of the modules on the class path.
public final class KnownBlockTypes {
  private final List<BlockType<?>> types;

  private KnownBlockTypes(List<BlockType<?>> types) {
    this.types = types;
  }

  static KnownBlockTypes load() {
    List<BlockType<?>> types =
        ServiceLoader.load(BlockTypes.class, KnownBlockTypes.class.getClassLoader()).stream()
            .<BlockType<?>>flatMap(provider -> provider.get().blockTypes().stream())
            .sorted(Comparator.comparing(BlockType::slug))
            .toList();
    return new KnownBlockTypes(types);
  }

  /// All, by slug.
  public List<BlockType<?>> list() {
    return types;
  }

  /// The type of this slug.
  ///
  /// @throws IllegalArgumentException when no module on the class path brings it
  public BlockType<?> get(String slug) {
    return types.stream()
        .filter(type -> type.slug().equals(slug))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no module on the class path brings the block type \""
                    + slug
                    + "\""
                    + DidYouMean.hint(slug, types.stream().map(BlockType::slug).toList())));
  }

  /// The type whose settings are this record.
  ///
  /// @throws IllegalArgumentException when no module on the class path brings it
  @SuppressWarnings("unchecked") // R is the type of its settings
  public <R extends Record> BlockType<R> of(Class<R> settings) {
    return (BlockType<R>)
        types.stream()
            .filter(type -> type.settings() == settings)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    settings.getName() + " is no block type of a module on the class path"));
  }
}
