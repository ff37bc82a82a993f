package dev.penstock.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/// How records are written into a file. To add a format, implement this and give it to a
/// [FilesSink].
///
/// @param <T> the type of the records
interface FileFormat<T> extends Serializable {

  /// As users say it: `Csv`.
  String name();

  /// What the names of files end with, without the dot: `csv`, `csv.gz`.
  String extension();

  /// Begins a new file. The writer does not close the stream.
  RecordFileWriter<T> create(OutputStream file) throws IOException;
}
