package dev.penstock.files;

import dev.penstock.data.DataSize;
import dev.penstock.files.parquet.WriteSettings;
import dev.penstock.files.parquet.WriteSettings.Compression;
import dev.penstock.objects.StoreLocation;
import java.io.Serializable;
import java.nio.file.Path;

/// How Parquet files are written: pages compressed with Zstandard and row groups of 32 MiB, unless
/// said otherwise.
public final class ParquetFormat implements Serializable {
  private static final long serialVersionUID = 1L;

  static final ParquetFormat DEFAULT = new ParquetFormat(WriteSettings.DEFAULT);

  private final WriteSettings settings;

  private ParquetFormat(WriteSettings settings) {
    this.settings = settings;
  }

  private ParquetFormat with(Compression compression) {
    return new ParquetFormat(new WriteSettings(compression, settings.rowGroup()));
  }

  /// Small files at good speed; the default.
  public ParquetFormat zstd() {
    return with(Compression.ZSTD);
  }

  /// Larger files, written faster; every reader knows it.
  public ParquetFormat snappy() {
    return with(Compression.SNAPPY);
  }

  /// For readers that know nothing else; slow to write.
  public ParquetFormat gzip() {
    return with(Compression.GZIP);
  }

  public ParquetFormat uncompressed() {
    return with(Compression.NONE);
  }

  /// How much encoded data is kept in memory and then written as one row group: 64 KiB to 1 GiB.
  /// Readers skip row groups as a whole and read them in parallel.
  public ParquetFormat rowGroup(DataSize size) {
    return new ParquetFormat(new WriteSettings(settings.compression(), size));
  }

  /// Writes one file, which is there, whole, when the run has completed; an older one is replaced.
  public <T> FilesSink<T> write(Path file, Class<T> record) {
    return FilesSink.oneFile(new ParquetWriting<>(record, settings), file);
  }

  /// Writes files into a directory; how large is told by the `roll` methods.
  public <T> FilesSink<T> files(Class<T> record, Path directory) {
    return FilesSink.directory(new ParquetWriting<>(record, settings), StoreLocation.of(directory));
  }

  /// Writes objects below a location.
  public <T> FilesSink<T> files(Class<T> record, StoreLocation location) {
    return FilesSink.directory(new ParquetWriting<>(record, settings), location);
  }

  /// Writes one object.
  public <T> FilesSink<T> write(StoreLocation object, Class<T> record) {
    return FilesSink.oneFile(new ParquetWriting<>(record, settings), object);
  }
}
