package dev.penstock.flow.engine;

/// How much a line of a log matters.
public enum LogLevel {
  DEBUG,
  INFO,
  WARNING,
  ERROR
}
