package dev.penstock.files.parquet;

/// Stands in a batch for a value that does not fit what was asked for, until its record is asked
/// for and fails.
record Misfit(String why) {}
