package dev.penstock.server.view;

/// Which part of the time of a run is in view, in milliseconds since it began.
///
/// @param to the same as `from` for all of it
public record Zoom(long from, long to) {
  /// All of it, as it grows.
  public static final Zoom ALL = new Zoom(0, 0);

  /// No view is narrower than this.
  private static final long NARROWEST = 20;

  public Zoom {
    from = Math.max(0, from);
    to = from >= to ? from : Math.max(to, from + NARROWEST);
    if (from == to) {
      from = 0;
      to = 0;
    }
  }

  /// Half of the time around its middle.
  public Zoom in() {
    return around(width() / 2);
  }

  /// Twice the time, or all of it.
  ///
  /// @param whole all of it, in milliseconds
  public Zoom out(long whole) {
    return 2 * width() >= whole ? ALL : around(width() * 2);
  }

  private Zoom around(long width) {
    long begin = Math.max(0, from + width() / 2 - width / 2);
    return new Zoom(begin, begin + width);
  }

  /// Half a view to the left or to the right, not beyond either end.
  public Zoom moved(int halves, long whole) {
    long begin = Math.clamp(from + halves * width() / 2, 0, Math.max(0, whole - width()));
    return new Zoom(begin, begin + width());
  }

  long width() {
    return to - from;
  }

  public boolean isAll() {
    return to == 0;
  }

  /// As a query has it; empty for all.
  public String address() {
    return isAll() ? "" : from + "-" + to;
  }
}
