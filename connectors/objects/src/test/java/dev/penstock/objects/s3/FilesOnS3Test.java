package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Row;
import dev.penstock.files.Csv;
import dev.penstock.objects.remote.FilesInStoreContract;
import org.junit.jupiter.api.Test;

class FilesOnS3Test extends FilesInStoreContract {
  FilesOnS3Test() {
    super(TestServer.STORE);
  }

  @Test
  void an_environment_that_says_nothing_is_said() {
    assertThatThrownBy(() -> Csv.read("s3://b/x.csv", Row.class).discover())
        .as("the environment names no server, no region and nobody to be")
        .hasMessageContaining("s3://b/x.csv");
  }
}
