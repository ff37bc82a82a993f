package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.TestRecords.Item;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The libraries that Parquet uses would like Hadoop; nothing here may need it.
class ParquetWithoutHadoopTest {
  @TempDir Path directory;

  @Test
  void writesAndReadsInAProcessWithoutHadoop() throws Exception {
    // what only tests need is left out, so that nothing comes in through it
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*(junit|assertj|duckdb|opentest4j|postgres).*"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(classPath).doesNotContain("hadoop-c").doesNotContain("aircompressor");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                classPath,
                Program.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("read 4 x 2000 items");
    assertThat(process.exitValue()).isZero();
  }

  /// Runs in a process of its own.
  static final class Program {
    public static void main(String[] args) throws Exception {
      try {
        Class.forName("org.apache.hadoop.conf.Configuration");
        throw new AssertionError("Hadoop is on the class path");
      } catch (ClassNotFoundException e) {
        // as it should be
      }
      ParquetFormat format = Parquet.format();
      int read = 0;
      for (ParquetFormat each :
          new ParquetFormat[] {
            format.zstd(), format.snappy(), format.gzip(), format.uncompressed()
          }) {
        Path file = Path.of(args[0]).resolve("items" + read++ + ".parquet");
        Writing.write(each.write(file, Item.class), Item.list(2_000));
        if (!Reading.records(Parquet.read(file, Item.class)).equals(Item.list(2_000))) {
          throw new AssertionError("other items");
        }
      }
      System.out.println("read " + read + " x 2000 items");
    }
  }
}
