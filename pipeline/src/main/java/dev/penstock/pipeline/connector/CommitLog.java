package dev.penstock.pipeline.connector;

import java.util.Set;

/// The truth about how far a pipeline has come, kept in its target.
public interface CommitLog extends AutoCloseable {

  /// Takes the splits over: raises their epoch, so that every earlier claim is fenced from here on.
  Claim claim(String pipeline, Set<Split> splits) throws Exception;

  /// Removes all that is known of a pipeline, so that it begins anew; nothing that it has written.
  /// Earlier claims are fenced.
  void forget(String pipeline) throws Exception;

  @Override
  void close() throws Exception;
}
