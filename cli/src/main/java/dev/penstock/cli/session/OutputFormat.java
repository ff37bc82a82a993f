package dev.penstock.cli.session;

/// What results are printed as.
@SuppressWarnings("EnumNaming") // written as on the command line
public enum OutputFormat {
  /// For people; may change.
  text,
  /// For scripts; a promise.
  json
}
