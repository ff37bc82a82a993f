package dev.penstock.files.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Compresses pages for the library that puts files together.
final class PageCompressor implements BytesInputCompressor {
  private final Codec codec;

  PageCompressor(Codec codec) {
    this.codec = codec;
  }

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
    bytes.writeAllTo(plain);
    return BytesInput.from(codec.compress(plain.toByteArray()));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return codec.parquetName();
  }

  @Override
  public void release() {}
}
