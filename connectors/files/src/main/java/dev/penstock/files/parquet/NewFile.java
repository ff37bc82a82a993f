package dev.penstock.files.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/// A file to be written from its start, through a small buffer.
final class NewFile extends PositionOutputStream implements OutputFile {
  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long written;

  NewFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return this;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return this;
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  long position() {
    return written + buffer.position();
  }

  @Override
  public long getPos() {
    return position();
  }

  @Override
  public void write(int value) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) value);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length <= buffer.remaining()) {
      buffer.put(bytes, offset, length);
      return;
    }
    flush();
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    // in pieces, because the JDK copies what is written into native memory of the same size
    while (rest.remaining() > BUFFER) {
      drain(rest.slice(rest.position(), BUFFER));
      rest.position(rest.position() + BUFFER);
    }
    buffer.put(rest);
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    drain(buffer);
    buffer.clear();
  }

  /// Closes without writing what is in the buffer, unless it was flushed.
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
    }
  }
}
