package dev.penstock.flow;

import dev.penstock.data.RecordFiles;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.run.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Records that one task hands to another, which may run on another machine: they are kept in a
/// file of the result store, not in memory.
///
/// @param file where the records are, on this machine
/// @param record the name of their class
/// @param size how many there are
/// @param <T> the record
public record Dataset<T>(Path file, String record, long size) {

  /// Runs a pipeline, and keeps what comes out of it.
  public static <T> Dataset<T> of(Pipeline<T> records, Class<T> record) {
    RecordFiles files = RecordFiles.ofProcess();
    try {
      Path file = Files.createTempDirectory("penstock-").resolve("records" + files.ending());
      file.toFile().deleteOnExit();
      Summary summary = records.to(files.write(file, record)).run();
      return new Dataset<>(file, record.getName(), summary.out());
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place to keep records", e);
    }
  }

  /// The records, from the first.
  @SuppressWarnings("unchecked") // `of` has kept the name of that class
  public Pipeline<T> records() {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<T> type = (Class<T>) Class.forName(record, false, loader);
      return Pipeline.from(RecordFiles.ofProcess().read(file, type));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "the program has no class " + record + " any more, which its records are of", e);
    }
  }
}
