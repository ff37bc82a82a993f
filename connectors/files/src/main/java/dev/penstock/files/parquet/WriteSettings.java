package dev.penstock.files.parquet;

import dev.penstock.data.DataSize;
import java.io.Serializable;

/// How Parquet files are written.
///
/// @param rowGroup how much encoded data is kept in memory and then written as one row group: 64
///   KiB to 1 GiB
public record WriteSettings(Compression compression, DataSize rowGroup) implements Serializable {
  private static final DataSize LEAST = DataSize.kibibytes(64);
  private static final DataSize MOST = DataSize.gibibytes(1);

  /// Zstandard, and row groups of 32 MiB.
  public static final WriteSettings DEFAULT =
      new WriteSettings(Compression.ZSTD, DataSize.mebibytes(32));

  public WriteSettings {
    if (rowGroup.compareTo(LEAST) < 0 || rowGroup.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "the row group size must be " + LEAST + " to " + MOST + ", was " + rowGroup);
    }
  }

  /// How pages are compressed.
  public enum Compression {
    /// Small files at good speed: the default.
    ZSTD(Codec.ZSTD),
    /// Larger files, which old readers know.
    SNAPPY(Codec.SNAPPY),
    /// Slow to write; for readers that know nothing else.
    GZIP(Codec.GZIP),
    NONE(Codec.UNCOMPRESSED);

    private final Codec codec;

    Compression(Codec codec) {
      this.codec = codec;
    }

    Codec codec() {
      return codec;
    }
  }
}
