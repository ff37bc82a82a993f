package dev.penstock.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `penstock --version` says.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "penstock " + ofPackage(),
      "on Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
    };
  }

  static String ofPackage() {
    return Objects.requireNonNullElse(
        Main.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
