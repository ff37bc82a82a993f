package dev.penstock.objects.gcs;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.ObjectStoreContract;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The contract of stores against the service itself: below a prefix of its own in the bucket that
/// `-Dpenstock.gcs=gs://BUCKET` names, as whoever the environment says.
@EnabledIfSystemProperty(named = "penstock.gcs", matches = "gs://.+")
class GcsServiceTest extends ObjectStoreContract {
  private final StoreLocation place =
      StoreLocation.of(System.getProperty("penstock.gcs", "gs://none"))
          .at("penstock-test-" + UUID.randomUUID());

  @Override
  protected ObjectStore open() throws IOException {
    return ObjectStore.open(place);
  }

  /// Several parts.
  @Override
  protected int large() {
    return 20_000_000;
  }
}
