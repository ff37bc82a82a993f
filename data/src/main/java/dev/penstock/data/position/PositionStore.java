package dev.penstock.data.position;

import java.util.List;

/// A place that keeps positions, open.
public interface PositionStore extends AutoCloseable {

  /// What is kept, by pipeline and split. Changes nothing.
  List<KeptPosition> positions() throws Exception;

  /// Forgets a pipeline, so that its next run begins anew; what it has written stays. Runs of it
  /// that are under way commit nothing more.
  void forget(String pipeline) throws Exception;

  @Override
  void close() throws Exception;
}
