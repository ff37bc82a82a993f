package dev.penstock.flow.store;

/// What somebody asks of a run that another process holds.
public enum Wanted {
  CANCEL,
  PAUSE
}
