package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir private Path directory;

  @Test
  void theVersionIsThatOfTheNewestFile() throws IOException, URISyntaxException {
    Path files =
        Path.of(
            Objects.requireNonNull(
                    Migrations.class.getResource("/" + Migrations.DIRECTORY + "/V1__runs.sql"))
                .toURI());
    try (Stream<Path> all = Files.list(Objects.requireNonNull(files.getParent()))) {
      List<Integer> versions =
          all.map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"))
              .map(Integer::valueOf)
              .sorted()
              .toList();
      assertThat(versions).doesNotHaveDuplicates();
      assertThat(versions.getLast()).isEqualTo(Migrations.VERSION);
    }
  }

  @Test
  void aStoreOfANewerVersionIsNotTouched() throws Exception {
    StoreUrl url = StoreUrl.file(directory.resolve("store.db"));
    Store.open(url).close();
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE penstock_schema_history SET version = '999' WHERE version = '1'");
    }
    assertThatThrownBy(() -> Store.open(url))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage(
            "the store "
                + url
                + " is of version 999, this Penstock knows versions up to "
                + Migrations.VERSION
                + ": use the Penstock that made it, or a newer one");
  }
}
