package dev.penstock.flow.store;

/// Another process has taken the run over: nothing was written, and nothing more will be.
public final class Fenced extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Lease lease;

  Fenced(Lease lease) {
    super(
        "flow run "
            + lease.run()
            + " is no longer held by "
            + lease.owner()
            + " under fence "
            + lease.fence());
    this.lease = lease;
  }

  /// The lease that is lost.
  public Lease lease() {
    return lease;
  }
}
