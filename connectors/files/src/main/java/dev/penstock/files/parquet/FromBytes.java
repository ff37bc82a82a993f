package dev.penstock.files.parquet;

/// Makes a value of the bytes `from` (inclusive) to `to` (exclusive); what it throws fails the
/// record.
@FunctionalInterface
interface FromBytes {
  Object make(byte[] bytes, int from, int to);
}
