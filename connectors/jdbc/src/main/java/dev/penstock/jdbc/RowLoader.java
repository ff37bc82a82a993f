package dev.penstock.jdbc;

/// Brings records into one table, by the fastest route that its database has, inside the open
/// transaction of its connections. Used by one thread.
interface RowLoader<T> extends AutoCloseable {

  /// Takes a record, to be sent now or later.
  ///
  /// @throws BadValue when a field does not fit its column: nothing of the record was taken
  void write(T record) throws Exception;

  /// Returns when every record taken is in the table.
  void flush() throws Exception;

  /// Forgets what was taken since the last [#flush], in whatever state the transaction is. Never
  /// throws.
  void cancel();

  /// Bytes sent so far.
  long bytes();

  /// Ends the threads of the loader. The connections stay open.
  @Override
  void close();
}
