package dev.penstock.objects.azure;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.testkit.ObjectStoreContract;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The contract of stores against the service itself: below a prefix of its own in the container
/// that `-Dpenstock.azure=az://ACCOUNT/CONTAINER` names, as whoever the environment says.
@EnabledIfSystemProperty(named = "penstock.azure", matches = "az://.+")
class AzureServiceTest extends ObjectStoreContract {
  private final StoreLocation place =
      StoreLocation.of(System.getProperty("penstock.azure", "az://none/none"))
          .at("penstock-test-" + UUID.randomUUID());

  @Override
  protected ObjectStore open() throws IOException {
    return ObjectStore.open(place);
  }

  /// Several blocks.
  @Override
  protected int large() {
    return 20_000_000;
  }
}
