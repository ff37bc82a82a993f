package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

/// Records that another class loader than ours has defined, as the launchers of programs do.
class ForeignRecordTest {
  private record Secret(int number, String text) {}

  /// Defines the record of this test anew.
  private static final class Foreign extends ClassLoader {
    Foreign() {
      super(ForeignRecordTest.class.getClassLoader());
    }

    Class<?> define() throws IOException {
      String name = Secret.class.getName();
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      }
    }
  }

  @RepeatedTest(3)
  void theyAreReadByGeneratedCodeToo() throws Exception {
    Class<?> type = new Foreign().define();
    assertThat(type).isNotEqualTo(Secret.class);
    Schema schema = RecordType.of(type).schema();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<RecordAccess.Code<?>> generate = () -> RecordAccess.generate(type, schema);
      assertThat(threads.invokeAll(Stream.generate(() -> generate).limit(4).toList()))
          .allSatisfy(code -> assertThat(code.get()).isNotNull());
    }
    String json = "{\"number\":1,\"text\":\"a\"}";
    Object record = Json.parse(json, DataType.of(type));
    assertThat(record).isInstanceOf(type);
    assertThat(Json.write(record, DataType.of(type))).isEqualTo(json);
  }
}
