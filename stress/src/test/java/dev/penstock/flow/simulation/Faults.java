package dev.penstock.flow.simulation;

import java.util.random.RandomGenerator;

/// What goes wrong in a simulated world, and how often: each as a share of the transactions of a
/// process. Not everything goes wrong in every world, as one fault may hide what another shows.
///
/// @param kill a process ends at once
/// @param stop it stands still, often for longer than its leases
/// @param away it cannot reach the store for a while
/// @param stall a process stands still for longer than its leases when it has just taken a run, and
///   the thread of that run for longer than the others; as a share of the runs taken
/// @param silence a transaction is committed, and its process is told that nobody knows
/// @param slow a transaction takes long
/// @param lostWord notifications that do not arrive, as a share of them
/// @param skew by how many seconds the clocks of processes are off, at most
/// @param leap by how many seconds the clock of the store leaps at times, forth or back; at most
record Faults(
    double kill,
    double stop,
    double away,
    double stall,
    double silence,
    double slow,
    double lostWord,
    int skew,
    int leap) {
  static Faults draw(RandomGenerator random) {
    return new Faults(
        share(random, 0.012),
        share(random, 0.012),
        share(random, 0.01),
        share(random, 0.3),
        share(random, 0.02),
        share(random, 0.05),
        share(random, 1),
        random.nextInt(3) == 0 ? random.nextInt(1, 120) : 0,
        random.nextInt(3) == 0 ? random.nextInt(1, 40) : 0);
  }

  private static double share(RandomGenerator random, double most) {
    return random.nextInt(2) == 0 ? 0 : most * random.nextDouble();
  }

  /// What befalls one transaction.
  Fault strike(RandomGenerator random) {
    double drawn = random.nextDouble();
    double[] shares = {kill, stop, away, slow};
    for (int i = 0; i < shares.length; i++) {
      drawn -= shares[i];
      if (drawn < 0) {
        return Fault.values()[i];
      }
    }
    return Fault.NONE;
  }

  /// What may befall a transaction.
  enum Fault {
    KILL,
    STOP,
    AWAY,
    SLOW,
    NONE
  }
}
