package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.data.DataSize;
import dev.penstock.files.Reading.Outcome;
import dev.penstock.testkit.Seed;
import dev.penstock.testkit.TestRecords.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ParquetDamageTest {
  @TempDir Path directory;

  /// Without checksums not every damage can be noticed; but each ends in records or in one of two
  /// errors.
  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aDamagedFileIsReadOrRefusedButNeverHangs() throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of("damaged Parquet files"));
    Path file = directory.resolve("items.parquet");
    Writing.write(
        Parquet.format().uncompressed().rowGroup(DataSize.kibibytes(64)).write(file, Item.class),
        Item.list(3_000));
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < Integer.getInteger("penstock.cases", 400); i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        boolean footer = random.nextBoolean();
        int at = footer ? whole.length - 1 - random.nextInt(900) : random.nextInt(whole.length);
        damaged[at] = (byte) random.nextInt();
      }
      Path copy = Files.write(directory.resolve("damaged.parquet"), damaged);
      try {
        List<Outcome<Item>> outcomes = Reading.outcomes(Parquet.read(copy, Item.class));
        assertThat(outcomes).allMatch(o -> o.failure() == null || o.failure() instanceof BadRecord);
      } catch (BadFile e) {
        refused++;
      } catch (Throwable e) {
        fail("copy " + i, e);
      }
    }
    assertThat(refused).isPositive();
  }
}
