package dev.penstock.files.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// How the bytes of a page are compressed.
enum Codec {
  UNCOMPRESSED {
    @Override
    int inflate(byte[] from, int length, byte[] to, int at, int size) {
      System.arraycopy(from, 0, to, at, length);
      return length;
    }

    @Override
    byte[] compress(byte[] bytes) {
      return bytes;
    }
  },
  SNAPPY {
    @Override
    int inflate(byte[] from, int length, byte[] to, int at, int size) throws IOException {
      // checked first, because the native code writes without looking at the length of the target
      if (Snappy.uncompressedLength(from, 0, length) > size) {
        return -1;
      }
      return Snappy.uncompress(from, 0, length, to, at);
    }

    @Override
    byte[] compress(byte[] bytes) throws IOException {
      return Snappy.compress(bytes);
    }
  },
  ZSTD {
    @Override
    int inflate(byte[] from, int length, byte[] to, int at, int size) throws IOException {
      long n = Zstd.decompressByteArray(to, at, size, from, 0, length);
      if (Zstd.isError(n)) {
        throw new IOException(Zstd.getErrorName(n));
      }
      return (int) n;
    }

    @Override
    byte[] compress(byte[] bytes) {
      return Zstd.compress(bytes, 3);
    }
  },
  GZIP {
    @Override
    int inflate(byte[] from, int length, byte[] to, int at, int size) throws IOException {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(from, 0, length), 64 * 1024)) {
        int n = in.readNBytes(to, at, size);
        return in.read() < 0 ? n : -1;
      }
    }

    @Override
    byte[] compress(byte[] bytes) throws IOException {
      var out = new ByteArrayOutputStream(bytes.length / 2 + 64);
      try (var gzip = new GZIPOutputStream(out, 64 * 1024)) {
        gzip.write(bytes);
      }
      return out.toByteArray();
    }
  },
  LZ4_RAW {
    @Override
    int inflate(byte[] from, int length, byte[] to, int at, int size) {
      return Lz4.decompress(from, length, to, at, size);
    }

    @Override
    byte[] compress(byte[] bytes) {
      throw new UnsupportedOperationException("pages are not written with LZ4");
    }
  };

  static Codec of(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> UNCOMPRESSED;
      case SNAPPY -> SNAPPY;
      case ZSTD -> ZSTD;
      case GZIP -> GZIP;
      case LZ4_RAW -> LZ4_RAW;
      case LZO, BROTLI, LZ4 ->
          throw new UnsupportedOperationException(
              "compression "
                  + name
                  + " is not supported; write the file anew with zstd, snappy, gzip, lz4_raw or uncompressed");
    };
  }

  CompressionCodecName parquetName() {
    return CompressionCodecName.valueOf(name());
  }

  /// Fills `to` from `at` with exactly `size` plain bytes.
  final void decompress(byte[] from, int length, byte[] to, int at, int size) throws IOException {
    int n = inflate(from, length, to, at, size);
    if (n != size) {
      throw new IOException(
          "a page of %d bytes of %s has %s bytes inside, its header says %d"
              .formatted(length, name(), n < 0 ? "more" : "%d".formatted(n), size));
    }
  }

  /// How many bytes it put into `to`; below 0 when there were more than `size`.
  abstract int inflate(byte[] from, int length, byte[] to, int at, int size) throws IOException;

  abstract byte[] compress(byte[] bytes) throws IOException;
}
