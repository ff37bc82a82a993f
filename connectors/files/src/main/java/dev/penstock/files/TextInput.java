package dev.penstock.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The bytes of a text file, decompressed, and brought into UTF-8 if its own charset is not one in
/// which the bytes of delimiters and line ends stand for nothing else.
final class TextInput extends InputStream {
  private final FileChannel channel;
  private final InputStream in;
  private final Charset charset;

  private TextInput(FileChannel channel, InputStream in, Charset charset) {
    this.channel = channel;
    this.in = in;
    this.charset = charset;
  }

  /// Opens the file so that the first byte read is byte `from` of its uncompressed text.
  static TextInput open(Path file, Charset charset, long from) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      Compression compression = Compression.of(file);
      boolean direct = readAsIs(charset);
      if (compression == Compression.NONE && direct) {
        channel.position(from);
        return new TextInput(channel, new ChannelInput(channel), charset);
      }
      InputStream in = compression.decompress(new ChannelInput(channel));
      if (!direct) {
        in = new Transcoded(in, charset);
      }
      in.skipNBytes(from);
      return new TextInput(channel, in, direct ? charset : StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw new BadFile("cannot read " + DataFile.shown(file) + ": " + reason(e), e);
    }
  }

  static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// Whether every byte below 128 means the ASCII character in this charset, wherever it stands.
  private static boolean readAsIs(Charset charset) {
    String name = charset.name();
    return charset.equals(StandardCharsets.UTF_8)
        || charset.equals(StandardCharsets.US_ASCII)
        || name.startsWith("ISO-8859-")
        || name.startsWith("windows-125");
  }

  /// The charset of the bytes that are read.
  Charset charset() {
    return charset;
  }

  /// How far the file itself has been read, in bytes.
  long bytes() {
    try {
      return channel.isOpen() ? channel.position() : 0;
    } catch (IOException e) {
      return 0; // only a figure to look at
    }
  }

  @Override
  public int read() throws IOException {
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return in.read(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
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

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
