package dev.penstock.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file under a hidden name.
final class LocalUpload extends Upload {
  /// The JDK copies what is written into native memory of the same size.
  private static final int PIECE = 64 * 1024;

  private final Path directory;
  private final Path hidden;
  private final String key;
  private final FileChannel channel;
  private long bytes;
  private boolean staged;

  LocalUpload(Path directory, Path hidden, String key) throws IOException {
    this.directory = directory;
    this.hidden = hidden;
    this.key = key;
    this.channel =
        FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end; at += PIECE) {
      ByteBuffer piece = ByteBuffer.wrap(source, at, Math.min(PIECE, end - at));
      while (piece.hasRemaining()) {
        bytes += channel.write(piece);
      }
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public StagedObject stage() throws IOException {
    channel.force(true);
    channel.close();
    DurableFiles.forceDirectory(directory);
    staged = true;
    return new StagedObject(key, hidden.getFileName().toString(), List.of());
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!staged) {
      Files.deleteIfExists(hidden);
    }
  }
}
