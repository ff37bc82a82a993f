package dev.penstock.files.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 12, 15, 16, 17, 20, 23, 24, 25, 28, 31, 32})
  void decodesWhatTheLibraryEncodesInPiecesOfAnySize(int width) throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of("encoded runs"));
    int[] values = new int[10_000];
    for (int i = 0; i < values.length; ) {
      int run = random.nextBoolean() ? 1 + random.nextInt(100) : 1;
      int value = width == 0 ? 0 : (int) (random.nextLong() & ((1L << width) - 1));
      int end = Math.min(values.length, i + run);
      Arrays.fill(values, i, end, value);
      i = end;
    }
    byte[] bytes;
    try (var encoder =
        new RunLengthBitPackingHybridEncoder(width, 64, 1 << 20, new HeapByteBufferAllocator())) {
      for (int value : values) {
        encoder.writeInt(value);
      }
      bytes = encoder.toBytes().toByteArray();
    }
    Hybrid hybrid = new Hybrid();
    hybrid.start(Arrays.copyOf(bytes, bytes.length + Hybrid.PADDING), 0, width);

    int[] read = new int[values.length];
    for (int at = 0; at < read.length; ) {
      int count = Math.min(read.length - at, 1 + random.nextInt(300));
      hybrid.read(read, at, count);
      at += count;
    }

    assertThat(read).isEqualTo(values);
    if (width == 1) {
      boolean[] absent = new boolean[values.length];
      hybrid.start(Arrays.copyOf(bytes, bytes.length + Hybrid.PADDING), 0, width);
      int present =
          hybrid.readPresence(absent, 0, 4_000) + hybrid.readPresence(absent, 4_000, 6_000);
      assertThat(present).isEqualTo(Arrays.stream(values).sum());
      for (int i = 0; i < values.length; i++) {
        assertThat(absent[i]).isEqualTo(values[i] == 0);
      }
    }
  }
}
