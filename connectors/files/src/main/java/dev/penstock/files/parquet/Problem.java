package dev.penstock.files.parquet;

/// Why no record can be made of a row.
///
/// @param column in which the value is, with the path to it if it is nested; empty when it is the
///   record as a whole
record Problem(String column, String why) {}
