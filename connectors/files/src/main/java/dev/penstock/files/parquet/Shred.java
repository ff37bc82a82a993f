package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes a value of a nested column apart into entries for its leaves, each with the level at which
/// it repeats and the level down to which it is present.
sealed interface Shred {

  /// Writes one value.
  ///
  /// @param definition the level of what the value is in
  void write(@Nullable Object value, int repetition, int definition);

  /// What will be written to a leaf.
  ///
  /// @param value null when it is absent
  record Entry(@Nullable Object value, int repetition, int definition) {}

  /// Makes the shredder of a field, and collects its leaves in the order of the file's columns.
  static Shred of(DataType type, boolean nullable, int repetitions, List<Leaf> leaves) {
    int own = nullable ? 1 : 0;
    return switch (type) {
      case Scalar _, Decimal _, Enumeration _ -> {
        Leaf leaf = new Leaf(Physical.of(type), own);
        leaves.add(leaf);
        yield leaf;
      }
      case Nested(RecordType<?> record) -> struct(record, own, repetitions, leaves);
      case ListOf(DataType element) ->
          new Listing(own, repetitions + 1, of(element, true, repetitions + 1, leaves));
      case MapOf(DataType key, DataType value) ->
          new Mapping(
              own,
              repetitions + 1,
              of(key, false, repetitions + 1, leaves),
              of(value, true, repetitions + 1, leaves));
    };
  }

  private static <T> Shred struct(
      RecordType<T> record, int own, int repetitions, List<Leaf> leaves) {
    List<Shred> fields = new ArrayList<>();
    for (Column column : record.schema().columns()) {
      fields.add(of(column.type(), column.nullable(), repetitions, leaves));
    }
    return new Struct<>(record, own, fields);
  }

  /// A column of the file.
  final class Leaf implements Shred {
    private final Physical physical;
    private final int own;
    private final List<Entry> entries = new ArrayList<>();

    Leaf(Physical physical, int own) {
      this.physical = physical;
      this.own = own;
    }

    Physical physical() {
      return physical;
    }

    /// What was written since it was last cleared.
    List<Entry> entries() {
      return entries;
    }

    @Override
    public void write(@Nullable Object value, int repetition, int definition) {
      if (value == null) {
        entries.add(new Entry(null, repetition, definition));
        return;
      }
      Object stored =
          physical.kind() == Batch.Kind.OBJECT
              ? physical.bytes().apply(value)
              : (Object) physical.number().applyAsLong(value);
      entries.add(new Entry(stored, repetition, definition + own));
    }
  }

  /// A record.
  record Struct<T>(RecordType<T> record, int own, List<Shred> fields) implements Shred {
    @Override
    public void write(@Nullable Object value, int repetition, int definition) {
      if (value == null) {
        fields.forEach(field -> field.write(null, repetition, definition));
        return;
      }
      Collected values = new Collected(fields.size());
      record.write(record.type().cast(value), values);
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).write(values.field(i), repetition, definition + own);
      }
    }
  }

  /// A list.
  ///
  /// @param level at which its elements repeat
  record Listing(int own, int level, Shred element) implements Shred {
    @Override
    public void write(@Nullable Object value, int repetition, int definition) {
      List<?> elements = value == null ? List.of() : (List<?>) value;
      if (elements.isEmpty()) {
        element.write(null, repetition, value == null ? definition : definition + own);
      }
      int at = repetition;
      for (Object each : elements) {
        element.write(each, at, definition + own + 1);
        at = level;
      }
    }
  }

  /// A map.
  record Mapping(int own, int level, Shred key, Shred value) implements Shred {
    @Override
    public void write(@Nullable Object map, int repetition, int definition) {
      Map<?, ?> entries = map == null ? Map.of() : (Map<?, ?>) map;
      if (entries.isEmpty()) {
        int depth = map == null ? definition : definition + own;
        key.write(null, repetition, depth);
        value.write(null, repetition, depth);
      }
      int at = repetition;
      for (Map.Entry<?, ?> each : entries.entrySet()) {
        Object name = Objects.requireNonNull(each.getKey(), "a map has a null key");
        key.write(name, at, definition + own + 1);
        value.write(each.getValue(), at, definition + own + 1);
        at = level;
      }
    }
  }
}
