package dev.penstock.objects.remote;

import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// An object that is read by ranges, each of the version that was there at first. Goes on where a
/// connection was cut.
public abstract class RangedObject implements ReadableObject {
  private static final int ATTEMPTS = 4;

  private final String shown;
  private final long size;

  /// @param shown how messages call it
  /// @param size in bytes
  protected RangedObject(String shown, long size) {
    this.shown = shown;
    this.size = size;
  }

  /// Asks for some bytes of this version.
  ///
  /// @param end the first byte that is not wanted
  /// @throws StoreFailure when the object is another by now
  protected abstract Range open(long from, long end) throws IOException;

  /// Somebody has written the object anew.
  protected final StoreFailure replaced() {
    return new StoreFailure(shown + " was replaced while it was read", null);
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final int read(long at, ByteBuffer to) throws IOException {
    if (at >= size) {
      return -1;
    }
    long end = Math.min(size, at + to.remaining());
    int length = (int) (end - at);
    byte[] bytes = to.hasArray() ? to.array() : new byte[length];
    int offset = to.hasArray() ? to.arrayOffset() + to.position() : 0;
    try (Body body = new Body(at, end)) {
      if (body.readNBytes(bytes, offset, length) < length) {
        throw new StoreFailure(shown + " ended before byte " + end, null);
      }
    }
    if (to.hasArray()) {
      to.position(to.position() + length);
    } else {
      to.put(bytes);
    }
    return length;
  }

  @Override
  public final InputStream stream(long from) {
    return new Body(from, size);
  }

  @Override
  public void close() {}

  /// The bytes of a range.
  private final class Body extends InputStream {
    private final long end;
    private long at;
    private @Nullable Range range;
    private int cuts;

    Body(long from, long end) {
      this.at = from;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (at < end) {
        Range from = range == null ? open(at, end) : range;
        range = from;
        IOException cut;
        try {
          int read = from.in().read(bytes, offset, (int) Math.min(length, end - at));
          if (read > 0) {
            at += read;
            cuts = 0;
            return read;
          }
          cut = new IOException("the answer ended before its end");
        } catch (IOException e) {
          cut = e;
        }
        drop(false);
        if (++cuts == ATTEMPTS) {
          throw new StoreFailure(
              "cannot read %s on from byte %d: %s".formatted(shown, at, cut.getMessage()), cut);
        }
      }
      return -1;
    }

    private void drop(boolean atEnd) throws IOException {
      Range open = range;
      range = null;
      if (open != null) {
        open.close(atEnd);
      }
    }

    @Override
    public void close() throws IOException {
      drop(at == end);
    }
  }
}
