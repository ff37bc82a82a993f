package dev.penstock.files;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/// How the records of a file are read. To add a format, implement this and give it to a
/// [FilesSource].
///
/// @param <T> the type of the records
interface FileReading<T> extends Serializable {

  /// As users say it: `Csv`.
  String name();

  /// The parts of a file that can be read apart, each made by the file's `split` methods.
  default List<Split> splits(DataFile file) throws IOException {
    return List.of(file.split());
  }

  /// Opens a split of a file, to read it from after `from`, or from its start.
  RecordFileReader<T> open(DataFile file, Split split, Optional<Position> from) throws IOException;
}
