package dev.penstock.kill;

/// What rides of a zone add up to.
///
/// @param lastId of the ride that came last
record ZoneTotal(int zone, long rides, double amount, long lastId) {
  static ZoneTotal of(Ride ride) {
    return new ZoneTotal(ride.zone(), 1, ride.totalAmount(), ride.id());
  }

  /// This and a later one.
  ZoneTotal and(ZoneTotal next) {
    return new ZoneTotal(zone, rides + next.rides, amount + next.amount, next.lastId);
  }
}
