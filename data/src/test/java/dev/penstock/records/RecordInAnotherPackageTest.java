package dev.penstock.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.FieldSource;
import dev.penstock.data.RecordType;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class RecordInAnotherPackageTest {
  private record Zone(int id, String name) {}

  @Test
  void aPrivateRecordOfAnyPackageIsReadAndWritten() {
    FieldSource fields =
        (FieldSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FieldSource.class},
                (_, method, _) -> method.getName().equals("getInt") ? (Object) 7 : "Queens");

    assertThat(RecordType.of(Zone.class).read(fields)).isEqualTo(new Zone(7, "Queens"));
  }
}
