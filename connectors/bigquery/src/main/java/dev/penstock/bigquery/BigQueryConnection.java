package dev.penstock.bigquery;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.data.block.Connectable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of BigQuery, stored as a block: what `connection("bigquery")` stands for when there
/// is a block of that name.
///
/// @param project whose data it is, and who pays
/// @param location of the data: `EU`; nothing for `US`
/// @param serviceAccount the key of a service account: the text of its JSON file
/// @param endpoint another server than Google's
public record BigQueryConnection(
    String project,
    @Nullable String location,
    @Nullable Secret serviceAccount,
    @Nullable String endpoint)
    implements Connectable {
  public BigQueryConnection {
    Project.requireName(project);
  }

  @Override
  public ConnectionSettings connection() {
    Map<String, String> open = new HashMap<>();
    if (location != null) {
      open.put("location", location);
    }
    if (endpoint != null) {
      open.put("endpoint", endpoint);
    }
    Map<String, Secret> secrets =
        serviceAccount == null ? Map.of() : Map.of("service_account", serviceAccount);
    return new ConnectionSettings("bigquery://" + project, open, secrets);
  }
}
