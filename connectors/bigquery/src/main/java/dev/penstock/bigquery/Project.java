package dev.penstock.bigquery;

import dev.penstock.data.BadText;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.auth.GoogleCredentials;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a connection to BigQuery says.
///
/// @param location nothing for the default
/// @param account who asks; nothing for a server that does not want to know
record Project(
    String name, Optional<String> location, URI endpoint, Optional<GoogleCredentials> account) {
  private static final String SCHEME = "bigquery://";
  private static final URI GOOGLE = URI.create("https://bigquery.googleapis.com");
  private static final List<String> KNOWN =
      List.of("location", "endpoint", "credentials", "service_account");

  static void requireName(String project) {
    if (!project.matches("[a-z0-9.:-]{1,100}")) {
      throw new BadText(project, "the id of a project, in small letters, digits and hyphens");
    }
  }

  /// @throws IllegalArgumentException when it is no connection to BigQuery, or its key cannot be
  ///   read
  static Project of(ConnectionName connection) {
    ConnectionSettings settings = connection.settings();
    String url = settings.url();
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "the URL of connection %s must begin with \"%s\", such as bigquery://my-project, was %s"
              .formatted(connection, SCHEME, settings));
    }
    int query = url.indexOf('?');
    String name = url.substring(SCHEME.length(), query < 0 ? url.length() : query);
    requireName(name);
    Map<String, String> given = new HashMap<>(settings.properties());
    for (String setting : query < 0 ? new String[0] : url.substring(query + 1).split("&")) {
      String[] pair = setting.split("=", 2);
      if (!KNOWN.contains(pair[0]) || pair.length < 2) {
        throw new IllegalArgumentException(
            "the URL of connection %s may have the settings %s; \"%s\" is none%s"
                .formatted(connection, KNOWN, pair[0], DidYouMean.hint(pair[0], KNOWN)));
      }
      given.put(pair[0], URLDecoder.decode(pair[1].replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    settings.secrets().forEach((key, secret) -> given.put(key, secret.reveal()));
    URI endpoint = Optional.ofNullable(given.get("endpoint")).map(URI::create).orElse(GOOGLE);
    return new Project(
        name, Optional.ofNullable(given.get("location")), endpoint, account(given, endpoint));
  }

  private static Optional<GoogleCredentials> account(Map<String, String> given, URI endpoint) {
    String key = given.get("service_account");
    if (key != null) {
      return Optional.of(GoogleCredentials.of(key));
    }
    String file = given.get("credentials");
    if (file != null) {
      return Optional.of(GoogleCredentials.in(Path.of(file)));
    }
    return endpoint.equals(GOOGLE) ? Optional.of(GoogleCredentials.ofProcess()) : Optional.empty();
  }

  /// The name alone.
  @Override
  public String toString() {
    return name;
  }
}
