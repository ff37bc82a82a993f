package dev.penstock.server.oidc;

/// The identity provider cannot be asked, or what it says is not to be believed; the message is for
/// the log of the server.
final class OidcRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OidcRefused(String message) {
    super(message);
  }

  OidcRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
