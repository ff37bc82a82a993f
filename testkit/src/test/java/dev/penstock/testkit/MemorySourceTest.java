package dev.penstock.testkit;

import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.TestRecords.Item;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;

class MemorySourceTest {

  @Nested
  class Seekable extends SourceContract<Item> {
    @Override
    protected Source<Item> source() {
      return MemorySource.of(TestRecords.Item.list(100));
    }

    @Override
    protected List<Item> expected() {
      return TestRecords.Item.list(100);
    }

    @Override
    protected Set<Trait> capabilities() {
      return EnumSet.of(Trait.BOUNDED, Trait.SEEKABLE);
    }

    @Override
    protected Optional<BadRecords<Item>> badRecords() {
      List<Object> elements = new ArrayList<>(TestRecords.Item.list(20));
      elements.add(0, new MemorySource.Bad(new IllegalStateException("the first one")));
      elements.add(11, new MemorySource.Bad(new Exception("one in the middle")));
      elements.add(new MemorySource.Bad(new IllegalStateException("the last one")));
      return Optional.of(
          new BadRecords<>(MemorySource.ofSplits(List.of(elements)), TestRecords.Item.list(20), 3));
    }
  }

  @Nested
  class Split extends Seekable {
    @Override
    protected Source<Item> source() {
      List<Item> all = expected();
      return MemorySource.ofSplits(
          List.of(all.subList(0, 30), List.of(), all.subList(30, 31), all.subList(31, 100)));
    }

    @Override
    protected Set<Trait> capabilities() {
      return EnumSet.of(Trait.BOUNDED, Trait.SEEKABLE, Trait.SPLITTABLE);
    }
  }

  @Nested
  class NotSeekable extends SourceContract<Item> {
    @Override
    protected Source<Item> source() {
      return MemorySource.<Item>of(expected()).notSeekable();
    }

    @Override
    protected List<Item> expected() {
      return TestRecords.Item.list(10);
    }

    @Override
    protected Set<Trait> capabilities() {
      return EnumSet.of(Trait.BOUNDED);
    }
  }
}
