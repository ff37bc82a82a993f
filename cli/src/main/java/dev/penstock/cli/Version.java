package dev.penstock.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `penstock --version` says.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "penstock " + Objects.requireNonNullElse(version, "(not packaged)"),
      "on Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
    };
  }
}
