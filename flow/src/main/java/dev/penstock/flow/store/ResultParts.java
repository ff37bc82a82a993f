package dev.penstock.flow.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files of results as they go through a server, part by part, so that neither side has more of
/// them in memory. Safe for use by several threads and processes: who brings the same file brings
/// the same bytes, and what came is looked at as a whole before it is kept.
public final class ResultParts {
  /// How long a part may be, in bytes.
  public static final int MOST = 8 << 20;

  /// The header with the length of the whole file, of which an answer has a part.
  public static final String LENGTH = "Penstock-File-Length";

  private static final Pattern REFERENCE =
      Pattern.compile("(?s)[0-9a-f]{64}/(?!\\.{1,2}$)[^/\\\\\0]+");

  /// What file systems take as a name, and the hash before it; in bytes.
  private static final int LONGEST = 255 + 65;

  private final ResultFiles files;

  public ResultParts(ResultFiles files) {
    this.files = files;
  }

  /// A part of a file.
  ///
  /// @param of how long the file is
  public record Part(byte[] bytes, long of) {}

  /// What is there of a file from a byte on; empty when it is not there.
  ///
  /// @throws IllegalArgumentException when there is no such byte, or the reference is none
  public Optional<Part> read(String reference, long from) {
    Optional<Path> kept = files.find(checked(reference));
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try (FileChannel in = FileChannel.open(kept.get())) {
      long of = in.size();
      if (from < 0 || from > of) {
        throw new IllegalArgumentException("the file has " + of + " bytes, and none at " + from);
      }
      ByteBuffer part = ByteBuffer.allocate((int) Math.min(MOST, of - from));
      while (part.hasRemaining() && in.read(part, from + part.position()) >= 0) {
        // until it is full
      }
      return Optional.of(new Part(part.array(), of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes a part of a file, which is kept once all of it is there.
  ///
  /// @param at where the part begins
  /// @param of how long the file is
  /// @return where the next part begins; the length when all of it is there. Less than was sent
  ///   when what came before is not here: then it is sent anew from there
  /// @throws IllegalArgumentException when the part does not fit, the reference is none, or what
  ///   came is not what it says
  public long write(String reference, long at, long of, byte[] bytes) {
    if (at < 0 || bytes.length > MOST || at + bytes.length > of || bytes.length == 0 && of > 0) {
      throw new IllegalArgumentException(
          "a part of %d bytes at %d does not fit into %d; it has at most %d"
              .formatted(bytes.length, at, of, MOST));
    }
    if (files.find(checked(reference)).isPresent()) {
      return of;
    }
    Path part = files.partOf(reference, of);
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long there = out.size();
      if (at > there) {
        return there;
      }
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left, at + left.position());
      }
      if (Math.max(there, at + bytes.length) < of) {
        return at + bytes.length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.keep(part, reference);
    return of;
  }

  private static String checked(String reference) {
    if (!REFERENCE.matcher(reference).matches()
        || reference.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException("\"" + reference + "\" is no hash and name of a file");
    }
    return reference;
  }
}
