package dev.penstock.pipeline.connector;

import java.util.Set;

/// The truth about how far a pipeline has come, kept in its target.
public interface CommitLog extends AutoCloseable {

  /// Takes the splits over: raises their epoch, so that every earlier claim is fenced from here on.
  Claim claim(String pipeline, Set<Split> splits) throws Exception;

  /// The same for splits that a broker hands out, while other processes of the pipeline go on with
  /// theirs: ends none of them.
  default Claim join(String pipeline, Set<Split> splits) throws Exception {
    return claim(pipeline, splits);
  }

  /// The splits of a pipeline that something was committed of; none where the log does not tell.
  default Set<Split> known(String pipeline) throws Exception {
    return Set.of();
  }

  /// Removes all that is known of a pipeline, so that it begins anew; nothing that it has written.
  /// Earlier claims are fenced.
  void forget(String pipeline) throws Exception;

  @Override
  void close() throws Exception;
}
