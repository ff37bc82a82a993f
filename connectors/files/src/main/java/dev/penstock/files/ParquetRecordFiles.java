package dev.penstock.files;

import dev.penstock.data.RecordFiles;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import java.nio.file.Path;

/// Records between the steps of a job, as Parquet.
public final class ParquetRecordFiles implements RecordFiles {
  @Override
  public String ending() {
    return ".parquet";
  }

  @Override
  public <T> Source<T> read(Path file, Class<T> record) {
    return Parquet.read(file, record);
  }

  @Override
  public <T> Sink<T> write(Path file, Class<T> record) {
    return Parquet.write(file, record);
  }
}
