package dev.penstock.data.auth;

import dev.penstock.data.BadJson;
import dev.penstock.data.Home;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Who asks Google: a service account by its key, a person by what `gcloud` has kept, or the
/// machine. Never shown.
public sealed interface GoogleCredentials permits ServiceAccount, AuthorizedUser, MachineAccount {

  /// @param scope what the token is for, as Google names it
  /// @param now the time of day
  TokenRequest tokenRequest(String scope, Instant now);

  /// A token for a scope.
  default AccessToken token(String scope) {
    return new AccessToken(toString(), () -> tokenRequest(scope, Instant.now()));
  }

  /// What a file of credentials holds.
  ///
  /// @param json the text of the file
  /// @throws IllegalArgumentException when it is something else; the message shows nothing of it
  static GoogleCredentials of(String json) {
    String type;
    try {
      type = JsonValue.parse(json).text("/type");
    } catch (BadJson e) {
      type = null; // said by the next line, which shows nothing of it
    }
    return switch (type == null ? "service_account" : type) {
      case "service_account" -> ServiceAccount.of(json);
      case "authorized_user" -> AuthorizedUser.of(json);
      default ->
          throw new IllegalArgumentException(
              "credentials of the type \"%s\" are not supported: give the key of a service account, or what gcloud auth application-default login keeps"
                  .formatted(type));
    };
  }

  /// @throws IllegalArgumentException when the file cannot be read, or is something else
  static GoogleCredentials in(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the credentials in " + file + " cannot be read: there is no such file, or not for us",
          e);
    }
  }

  /// Whoever this process is, in the ways of Google: the file that `GOOGLE_APPLICATION_CREDENTIALS`
  /// names, what `gcloud auth application-default login` has kept, or else the account of the
  /// machine, which is only asked when a token is needed.
  static GoogleCredentials ofProcess() {
    return ofProcess(System::getenv, Home.ofUser());
  }

  /// As [#ofProcess()], by another environment.
  ///
  /// @param variables the environment: null for what is not in it
  static GoogleCredentials ofProcess(UnaryOperator<@Nullable String> variables, Path home) {
    String file = variables.apply("GOOGLE_APPLICATION_CREDENTIALS");
    if (file != null && !file.isEmpty()) {
      return in(Path.of(file));
    }
    Path kept =
        Optional.ofNullable(variables.apply("CLOUDSDK_CONFIG"))
            .map(Path::of)
            .orElse(home.resolve(".config/gcloud"))
            .resolve("application_default_credentials.json");
    String host = variables.apply("GCE_METADATA_HOST");
    return Files.exists(kept) ? in(kept) : MachineAccount.at(host);
  }
}
