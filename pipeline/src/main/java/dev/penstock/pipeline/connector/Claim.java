package dev.penstock.pipeline.connector;

import java.util.Map;

/// The right to commit for some splits, until somebody else claims them.
public interface Claim {

  /// The name of the pipeline that made the claim.
  String pipeline();

  /// What was committed last, by split; a split that never committed is absent.
  Map<Split, Entry> last();

  /// Adds entries to the log; for staged sinks. Transactional writers commit positions themselves.
  ///
  /// @throws Fenced when another claim was made: nothing was added
  void append(Map<Split, Entry> next) throws Exception;
}
