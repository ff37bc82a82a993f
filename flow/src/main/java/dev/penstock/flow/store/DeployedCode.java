package dev.penstock.flow.store;

/// Where the code of a deployment comes from, pinned: the same version is the same code for ever.
public sealed interface DeployedCode {
  String version();

  /// A source file, which the store keeps whole.
  ///
  /// @param file its name: `taxi.java`
  /// @param text its contents
  record Source(String version, String file, String text) implements DeployedCode {}

  /// A jar.
  ///
  /// @param path where it was deployed from
  /// @param hash SHA-256 of its contents, in hexadecimal digits
  /// @param type the class with the flow
  record Jar(String version, String path, String hash, String type) implements DeployedCode {}

  /// A source file in a Git repository.
  ///
  /// @param url of the repository
  /// @param commit the whole hash
  /// @param path of the file in the repository
  record Git(String version, String url, String commit, String path) implements DeployedCode {}
}
