package dev.penstock.cli.deploy;

/// What cannot be deployed.
public final class DeployRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeployRefused(String message) {
    super(message);
  }
}
