package dev.penstock.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// A local file that is read.
final class LocalObject implements ReadableObject {
  private static final int END = 64 * 1024;

  private final FileChannel channel;
  private final long size;

  LocalObject(Path path) throws IOException {
    channel = FileChannel.open(path);
    size = channel.size();
  }

  @Override
  public long size() {
    return size;
  }

  /// A checksum over its two ends. Not the time of its last change: a file that was copied or
  /// touched is still the same, and must not be loaded twice.
  @Override
  public String version() throws IOException {
    CRC32C crc = new CRC32C();
    update(crc, 0, Math.min(size, END));
    update(crc, Math.max(Math.min(size, END), size - END), size);
    return String.format("crc=%08x", crc.getValue());
  }

  private void update(CRC32C crc, long from, long to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) (to - from));
    readFully(from, buffer);
    crc.update(buffer.flip());
  }

  @Override
  public int read(long at, ByteBuffer to) throws IOException {
    return channel.read(to, at);
  }

  @Override
  public InputStream stream(long from) throws IOException {
    return new ChannelInput(channel.position(from));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// Unlike the JDK's stream over a channel this one has no lock.
  private static final class ChannelInput extends InputStream {
    private final FileChannel channel;

    ChannelInput(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
