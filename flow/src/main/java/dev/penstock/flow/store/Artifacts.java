package dev.penstock.flow.store;

import dev.penstock.flow.store.StoredArtifact.Draft;
import dev.penstock.flow.store.StoredArtifact.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What runs have left for people to look at: tables, Markdown, links, progress, images. They are
/// deleted with their flow run.
public interface Artifacts {
  /// Writes one, in place of one with its id.
  ///
  /// @throws Fenced when another has taken the flow run since
  @Again
  void write(Lease lease, Draft artifact);

  /// The same without waiting for it; what comes after it is written after it.
  CompletableFuture<Void> writeSoon(Lease lease, Draft artifact);

  /// The newest version of each key, the newest first.
  ///
  /// @param kind only of this one; null for all
  @Again
  List<StoredArtifact> latest(@Nullable Kind kind, int atMost);

  /// All versions of a key, the newest first.
  @Again
  List<StoredArtifact> versions(String key, int atMost);

  /// Those of a flow run, in the order in which they were made.
  @Again
  List<StoredArtifact> of(String flowRun, int atMost);

  @Again
  Optional<StoredArtifact> find(String id);

  /// @return whether it was there
  boolean delete(String id);
}
