package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records in a compact source file are nested in a class without a name, which plain `java`
/// compiles and loads itself.
class ImplicitClassTest {
  @Test
  void aRecordInACompactSourceFileIsReadAndWritten(@TempDir Path directory) throws Exception {
    Path program =
        Files.writeString(
            directory.resolve("zones.java"),
            """
            import dev.penstock.data.*;

            private record Zone(int id, Integer count, String name) {}

            void main() {
              JsonCodec<Zone> codec = JsonCodec.of(Zone.class);
              byte[] json = "{'id': 7, 'count': null, 'name': 'EWR'}".replace('\\'', '"').getBytes();
              Zone zone = codec.read(json, 0, json.length);
              IO.println(zone + " " + new String(codec.write(zone)));
            }
            """);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(), "-cp", System.getProperty("java.class.path"), program.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output)
        .isEqualToIgnoringNewLines(
            "Zone[id=7, count=null, name=EWR] {\"id\":7,\"count\":null,\"name\":\"EWR\"}");
  }
}
