package dev.penstock.server.view;

import java.util.Locale;

/// Which part of a time is in view.
///
/// @param times how many times wider than all of it, from 1 to 1,024
/// @param at where its middle is, as a share of all
public record Zoom(int times, double at) {
  /// All of it.
  public static final Zoom ALL = new Zoom(1, 0.5);

  private static final int MOST = 1024;

  public Zoom {
    times = Math.clamp(times, 1, MOST);
    double half = 0.5 / times;
    at = Math.clamp(at, half, 1 - half);
  }

  double from() {
    return at - 0.5 / times;
  }

  public Zoom in() {
    return new Zoom(times * 2, at);
  }

  public Zoom out() {
    return new Zoom(Math.max(1, times / 2), at);
  }

  /// Half a view to the left or to the right.
  public Zoom moved(int halves) {
    return new Zoom(times, at + halves * 0.5 / times);
  }

  public boolean isAll() {
    return times == 1;
  }

  /// As a query has it.
  public String address() {
    return isAll() ? "" : "zoom=" + times + "&at=" + String.format(Locale.ENGLISH, "%.5f", at);
  }
}
