package dev.penstock.files.parquet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/// A field of a nested column, which makes its values from the leaves below it. Every leaf has one
/// entry for each value, also for an absent one, and each read consumes exactly the entries of one
/// value, even when it fails.
sealed interface Node {

  /// Makes the next value.
  @Nullable Object read();

  /// The first leaf below; its levels say what is present above it.
  Leaf first();

  /// Passes over the one entry that every leaf has for an absent value.
  void consumeAbsent();

  /// The leaves of one nested column, and what went wrong with the value at hand.
  final class Leaves {
    private final ParquetFile file;
    private final List<Leaf> leaves = new ArrayList<>();
    private @Nullable Problem failure;

    Leaves(ParquetFile file) {
      this.file = file;
    }

    void add(Leaf leaf) {
      leaves.add(leaf);
    }

    void start(List<ColumnChunkMetaData> chunks) {
      for (Leaf leaf : leaves) {
        leaf.start(chunks.get(leaf.index));
      }
    }

    void fail(Problem why) {
      if (failure == null) {
        failure = why;
      }
    }

    boolean failed() {
      return failure != null;
    }

    @Nullable Problem takeFailure() {
      Problem taken = failure;
      failure = null;
      return taken;
    }
  }

  /// A column of the file.
  final class Leaf implements Node {
    private static final PrimitiveConverter NONE = new PrimitiveConverter() {};

    private final Leaves owner;
    private final ColumnDescriptor descriptor;
    private final int index;
    private final Function<ColumnReader, Object> make;
    private final Pages pages;
    private @Nullable ColumnReader reader;

    Leaf(
        Leaves owner, ColumnDescriptor descriptor, int index, Function<ColumnReader, Object> make) {
      this.owner = owner;
      this.descriptor = descriptor;
      this.index = index;
      this.make = make;
      this.pages = new Pages(owner.file);
      owner.add(this);
    }

    private void start(ColumnChunkMetaData chunk) {
      reader =
          new ColumnReaderImpl(
              descriptor, new LibraryPages(pages, chunk), NONE, owner.file.writerVersion());
    }

    private ColumnReader reader() {
      return java.util.Objects.requireNonNull(reader, "no row group was started");
    }

    int definition() {
      return reader().getCurrentDefinitionLevel();
    }

    int repetition() {
      return reader().getCurrentRepetitionLevel();
    }

    @Override
    public Leaf first() {
      return this;
    }

    @Override
    public void consumeAbsent() {
      reader().consume();
    }

    @Override
    public @Nullable Object read() {
      ColumnReader at = reader();
      Object value = null;
      if (at.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel()) {
        try {
          value = make.apply(at);
        } catch (ArithmeticException | IllegalArgumentException | java.time.DateTimeException e) {
          owner.fail(
              new Problem(String.join(".", descriptor.getPath()), String.valueOf(e.getMessage())));
        }
      }
      at.consume();
      return value;
    }
  }

  /// A group of fields.
  ///
  /// @param name the path to it
  /// @param definition the level from which on it is present
  /// @param make makes the value of those of its fields
  record Struct(
      Leaves owner,
      String name,
      int definition,
      List<Node> fields,
      Function<@Nullable Object[], Object> make)
      implements Node {

    @Override
    public Leaf first() {
      return fields.getFirst().first();
    }

    @Override
    public void consumeAbsent() {
      fields.forEach(Node::consumeAbsent);
    }

    @Override
    public @Nullable Object read() {
      boolean present = first().definition() >= definition;
      @Nullable Object[] values = new Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.get(i).read();
      }
      if (!present || owner.failed()) {
        return null;
      }
      try {
        return make.apply(values);
      } catch (Values.Missing e) {
        owner.fail(e.problem());
        return null;
      } catch (RuntimeException e) {
        owner.fail(new Problem(name, String.valueOf(e.getMessage())));
        return null;
      }
    }
  }

  /// A list.
  ///
  /// @param definition the level from which on the list is present
  /// @param elementDefinition the level from which on it has an element
  /// @param repetition the level at which it goes on
  record Listing(int definition, int elementDefinition, int repetition, Node element)
      implements Node {

    @Override
    public Leaf first() {
      return element.first();
    }

    @Override
    public void consumeAbsent() {
      element.consumeAbsent();
    }

    @Override
    public @Nullable Object read() {
      Leaf first = first();
      int level = first.definition();
      if (level < elementDefinition) {
        consumeAbsent();
        return level < definition ? null : List.of();
      }
      List<@Nullable Object> elements = new ArrayList<>();
      do {
        elements.add(element.read());
      } while (first.repetition() == repetition);
      return Collections.unmodifiableList(elements);
    }
  }

  /// A map, in the order of the file.
  record Mapping(int definition, int entryDefinition, int repetition, Node key, Node value)
      implements Node {

    @Override
    public Leaf first() {
      return key.first();
    }

    @Override
    public void consumeAbsent() {
      key.consumeAbsent();
      value.consumeAbsent();
    }

    @Override
    public @Nullable Object read() {
      Leaf first = first();
      int level = first.definition();
      if (level < entryDefinition) {
        consumeAbsent();
        return level < definition ? null : Map.of();
      }
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      do {
        Object k = key.read();
        entries.put(k, value.read());
      } while (first.repetition() == repetition);
      return Collections.unmodifiableMap(entries);
    }
  }
}
