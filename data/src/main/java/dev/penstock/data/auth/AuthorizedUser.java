package dev.penstock.data.auth;

import dev.penstock.data.JsonValue;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/// A person, as `gcloud auth application-default login` has kept it. Never shown.
record AuthorizedUser(String client, String secret, String refreshToken, URI tokenUri)
    implements GoogleCredentials {
  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  static AuthorizedUser of(String json) {
    try {
      JsonValue file = JsonValue.parse(json);
      String tokenUri = file.text("/token_uri");
      return new AuthorizedUser(
          Objects.requireNonNull(file.text("/client_id")),
          Objects.requireNonNull(file.text("/client_secret")),
          Objects.requireNonNull(file.text("/refresh_token")),
          URI.create(tokenUri == null ? GOOGLE : tokenUri));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalArgumentException(
          "these are no credentials of a person: a JSON object with client_id, client_secret and refresh_token");
    }
  }

  /// The scope was fixed at the login.
  @Override
  public TokenRequest tokenRequest(String scope, Instant now) {
    return TokenRequest.post(
        tokenUri,
        "grant_type",
        "refresh_token",
        "client_id",
        client,
        "client_secret",
        secret,
        "refresh_token",
        refreshToken);
  }

  @Override
  public String toString() {
    return "the user of gcloud";
  }
}
