package dev.penstock.pipeline.connector;

import java.util.Set;

/// Writes records into an open transaction.
public interface TxWriter<T> extends AutoCloseable {

  void write(T record) throws Exception;

  /// Whether so much is open that a commit would be good now. The engine commits soon after, at the
  /// next clean point.
  default boolean full() {
    return false;
  }

  /// Takes on the splits of another claim of the same pipeline, as a broker hands them out. Called
  /// by another thread than the one that writes; the first record of these splits comes after it.
  ///
  /// @throws Fenced when a later claim has been made by now
  default void add(Claim more) throws Exception {
    throw new IllegalStateException(
        "this sink cannot take on splits while it writes: " + getClass().getName());
  }

  /// Gives up splits that a broker has taken back, when everything written of them is committed.
  /// Nothing of them will be written or committed any more, unless another claim on them is added.
  /// Called by the thread that calls [#add]. For sinks where a claim ends the earlier writer
  /// altogether: whoever claims these splits next must let this one go on with the others.
  default void release(Set<Split> splits) throws Exception {}

  /// Makes sure that the target takes all records written since the last commit, without committing
  /// them. For sinks that find out late; others refuse a record when it is written.
  ///
  /// @throws RejectedRecord when it refuses some of them: everything since the last commit has been
  ///   taken back, and the writer can be written to again
  default void flush() throws Exception {}

  /// Commits all records written since the last commit together with the positions and states of
  /// `cut`. The positions are the last statements before the COMMIT.
  ///
  /// @throws Fenced when another claim was made: nothing was committed
  /// @throws UnknownOutcome when the connection was lost during the COMMIT
  void commit(Cut cut) throws Exception;

  /// The last commit of a run that came to its end; like [#commit], and nothing is written after
  /// it. Called in every good run, also when there is nothing to commit any more. A sink that shows
  /// its records only when all of them are there makes them visible in the same transaction.
  ///
  /// @throws Fenced when another claim was made: nothing was committed
  /// @throws UnknownOutcome when the connection was lost during the COMMIT
  default void finish(Cut cut) throws Exception {
    commit(cut);
  }

  /// Takes back all records written since the last commit.
  void rollback() throws Exception;

  /// Bytes sent to the target so far, as far as the connector knows.
  default long bytes() {
    return 0;
  }

  /// Releases everything; what was not committed is rolled back.
  @Override
  void close() throws Exception;
}
