package dev.penstock.data;

import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import java.nio.file.Path;
import java.util.ServiceLoader;

/// How records are kept in a file between two steps of a job, by whichever connector knows how:
/// found by [ServiceLoader].
public interface RecordFiles {

  /// The ending of such files, with its dot: `.parquet`.
  String ending();

  /// Reads what [#write] has written.
  <T> Source<T> read(Path file, Class<T> record);

  /// Writes one file, which is there, whole, when the run has completed.
  <T> Sink<T> write(Path file, Class<T> record);

  /// The one of this process.
  ///
  /// @throws IllegalStateException when no connector brings one
  static RecordFiles ofProcess() {
    return ServiceLoader.load(RecordFiles.class, RecordFiles.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "records cannot be kept in files: penstock-files is not on the class path"));
  }
}
