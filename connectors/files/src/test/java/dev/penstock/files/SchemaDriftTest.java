package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.testkit.MemoryTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of one pattern whose shape changes from one to the next: a new field, a lost one, another
/// type. What fits is read, what does not is told, and nothing is lost.
class SchemaDriftTest {
  record Order(long id, String customer, int pieces) {}

  record Wider(long id, String customer, int pieces, String color) {}

  record Nameless(long id, int pieces) {}

  record Texts(String id, String customer, double pieces) {}

  private static final Order ANA = new Order(1, "ana", 2);
  private static final Order BEN = new Order(2, "ben", 3);

  @TempDir Path directory;
  private final MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");

  private void write(String name, String... lines) throws Exception {
    Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  private List<Order> orders(Source<Order> source) {
    return Pipeline.from(source).catching(Exception.class).deadLetter(dead).toList();
  }

  /// A file that does not fit as a whole ends the run: its records are not passed over.
  private void assertEnds(Source<Order> source, String message) {
    assertThatThrownBy(() -> Pipeline.from(source).toList())
        .isInstanceOf(BadFile.class)
        .extracting(e -> String.valueOf(e.getMessage()).replace(directory.toString(), "DIR"))
        .isEqualTo(message);
  }

  private void assertDead(Tuple... expected) {
    assertThat(dead.content())
        .extracting(
            DeadLetter::position,
            letter -> String.valueOf(letter.message()).replace(directory.toString(), "DIR"))
        .containsExactly(expected);
  }

  @Test
  void jsonLines() throws Exception {
    write(
        "1.jsonl",
        "{\"id\":1,\"customer\":\"ana\",\"pieces\":2}",
        "{\"id\":2,\"customer\":\"ben\",\"pieces\":3,\"color\":[\"red\"]}",
        "{\"id\":3,\"pieces\":4}",
        "{\"id\":4,\"customer\":\"dan\"}",
        "{\"id\":5,\"customer\":\"eve\",\"pieces\":\"many\"}");
    assertThat(orders(JsonLines.read(directory + "/*.jsonl", Order.class)))
        .containsExactly(ANA, BEN, new Order(3, null, 4));
    assertDead(
        tuple("line=4", "DIR/1.jsonl, line 4, column \"pieces\": it is missing, wanted int"),
        tuple("line=5", "DIR/1.jsonl, line 5, column \"pieces\": \"many\" is not an int"));
  }

  @Test
  void csv() throws Exception {
    write("1.csv", "id,customer,pieces", "1,ana,2");
    write("2.csv", "color,pieces,id,customer", "red,3,2,ben");
    write("3.csv", "id,customer,pieces", "four,dan,5", "5,eve,6");
    Source<Order> files = Csv.read(directory + "/*.csv", Order.class);
    assertThat(orders(files)).containsExactly(ANA, BEN, new Order(5, "eve", 6));
    assertDead(tuple("line=2", "DIR/3.csv, line 2, column \"id\": \"four\" is not a long"));
    Files.delete(directory.resolve("3.csv"));
    write("4.csv", "id,pieces", "6,4");
    assertEnds(
        files,
        "DIR/4.csv does not fit record Order: column \"customer\" (component customer) is missing; the file has the columns id, pieces");
  }

  @Test
  void parquet() throws Exception {
    Writing.write(Parquet.write(directory.resolve("1.parquet"), Order.class), List.of(ANA));
    Writing.write(
        Parquet.write(directory.resolve("2.parquet"), Wider.class),
        List.of(new Wider(2, "ben", 3, "red")));
    Source<Order> files = Parquet.read(directory + "/*.parquet", Order.class);
    assertThat(orders(files)).containsExactly(ANA, BEN);
    Path third = directory.resolve("3.parquet");
    Writing.write(Parquet.write(third, Texts.class), List.of(new Texts("3", "cem", 4)));
    assertEnds(
        files,
        """
        DIR/3.parquet does not fit record Order:
          column "id" is string, component id wants long
        the file has id (string), customer (string), pieces (double)\
        """);
    Files.delete(third);
    Writing.write(Parquet.write(third, Nameless.class), List.of(new Nameless(3, 4)));
    assertEnds(
        files,
        """
        DIR/3.parquet does not fit record Order:
          column "customer" (component customer) is missing
        the file has id (long), pieces (int)\
        """);
  }
}
