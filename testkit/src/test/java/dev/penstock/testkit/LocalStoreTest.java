package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A local directory keeps the contract of stores.
@NoLeaks
class LocalStoreTest extends ObjectStoreContract {
  @TempDir private Path directory;

  @Override
  protected ObjectStore open() throws IOException {
    return ObjectStore.open(StoreLocation.of(directory.resolve("lake")));
  }

  @Test
  void what_a_living_writer_has_under_way_is_left_alone() throws Exception {
    try (ObjectStore store = open();
        Upload upload = store.upload("x");
        ObjectStore another = open()) {
      upload.write(1);
      assertThat(another.unfinished("")).isEmpty();
    }
  }
}
