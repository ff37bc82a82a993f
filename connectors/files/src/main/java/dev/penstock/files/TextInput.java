package dev.penstock.files;

import dev.penstock.objects.ReadableObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The bytes of a text file, decompressed, and brought into UTF-8 if its own charset is not one in
/// which the bytes of delimiters and line ends stand for nothing else.
final class TextInput extends InputStream {
  private final Counting file;
  private final InputStream in;
  private final Charset charset;

  private TextInput(Counting file, InputStream in, Charset charset) {
    this.file = file;
    this.in = in;
    this.charset = charset;
  }

  /// Opens the file so that the first byte read is byte `from` of its uncompressed text.
  static TextInput open(DataFile file, Charset charset, long from) throws IOException {
    ReadableObject object = file.open();
    try {
      Compression compression = Compression.of(file.location().name());
      boolean direct = readAsIs(charset);
      if (compression == Compression.NONE && direct) {
        Counting bytes = new Counting(object, from);
        return new TextInput(bytes, bytes, charset);
      }
      Counting whole = new Counting(object, 0);
      InputStream in = compression.decompress(whole);
      if (!direct) {
        in = new Transcoded(in, charset);
      }
      in.skipNBytes(from);
      return new TextInput(whole, in, direct ? charset : StandardCharsets.UTF_8);
    } catch (IOException | RuntimeException e) {
      object.close();
      throw new BadFile("cannot read " + file.shown() + ": " + reason(e), e);
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
    return file.position;
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
    file.close();
  }

  /// The bytes as they lie there. Counts itself, since a channel that is asked by a thread that is
  /// interrupted is closed.
  private static final class Counting extends InputStream {
    private final ReadableObject object;
    private final InputStream in;
    private long position;

    Counting(ReadableObject object, long position) throws IOException {
      this.object = object;
      this.in = object.stream(position);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      position += Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      try (object) {
        in.close();
      }
    }
  }
}
