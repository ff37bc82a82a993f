package dev.penstock.objects.remote;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.Upload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// An upload in parts. They are sent beside the one that is being filled, a few at once; what they
/// hold is the memory that it needs: at most five parts.
public abstract class PartedUpload extends Upload {
  private static final int PART = 8 << 20;
  private static final int SMALL = 64 << 10;
  private static final int AT_ONCE = 4;

  /// Stores take 10,000 parts or more: later ones are larger, so that an object may have all the 5
  /// TiB that they allow.
  private static final int PARTS_OF_ONE_SIZE = 1_000;

  private final String key;
  private final String shown;
  private final List<FutureTask<String>> parts = new ArrayList<>();
  private byte[] buffer = new byte[SMALL];
  private int filled;
  private long bytes;
  private @Nullable String id;
  private boolean staged;

  /// @param shown how messages call the object
  protected PartedUpload(String key, String shown) {
    this.key = key;
    this.shown = shown;
  }

  /// Tells the store that parts will come.
  ///
  /// @return by what the store knows the upload
  protected abstract String begin() throws IOException;

  /// Sends one part; called by several threads at once.
  ///
  /// @param number from 1 on
  /// @param length how many bytes of the content are the part
  ///
  /// @return what the store says of the part, which is needed to complete the upload
  protected abstract String send(String upload, int number, byte[] content, int length)
      throws IOException;

  /// Removes an upload, if it is there.
  protected abstract void abort(String upload) throws IOException;

  /// What is needed to complete the upload; called once, when all parts are in the store.
  protected StagedObject staged(String key, String upload, List<String> parts) throws IOException {
    return new StagedObject(key, upload, parts);
  }

  /// How messages call the object.
  protected final String shown() {
    return shown;
  }

  private int partSize() {
    return PART << Math.min(6, parts.size() / PARTS_OF_ONE_SIZE);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int room = Math.min(end - at, partSize() - filled);
      ensure(filled + room);
      System.arraycopy(source, at, buffer, filled, room);
      filled += room;
      at += room;
      if (filled == partSize()) {
        send();
      }
    }
    bytes += length;
  }

  private void ensure(int size) {
    if (size > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(partSize(), Math.max(size, 2 * buffer.length)));
    }
  }

  @Override
  public final long bytes() {
    return bytes;
  }

  private void send() throws IOException {
    if (parts.size() >= AT_ONCE) {
      result(parts.get(parts.size() - AT_ONCE));
    }
    String upload = id();
    int number = parts.size() + 1;
    byte[] content = buffer;
    int length = filled;
    FutureTask<String> part = new FutureTask<>(() -> send(upload, number, content, length));
    parts.add(part);
    Thread.ofVirtual().name("upload " + shown).start(part);
    buffer = new byte[number == 1 && length < PART ? SMALL : partSize()];
    filled = 0;
  }

  private String id() throws IOException {
    String known = id;
    if (known == null) {
      known = begin();
      id = known;
    }
    return known;
  }

  private String result(FutureTask<String> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + shown + " was written");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IOException("cannot write " + shown, e.getCause());
      }
    }
  }

  @Override
  public final StagedObject stage() throws IOException {
    if (filled > 0 || parts.isEmpty()) {
      send();
    }
    List<String> said = new ArrayList<>();
    for (FutureTask<String> part : parts) {
      said.add(result(part));
    }
    StagedObject object = staged(key, id(), said);
    staged = true;
    buffer = new byte[0];
    return object;
  }

  /// Waits for what is on its way: a part that came after the abort would be kept, and paid for.
  @Override
  public final void close() throws IOException {
    String upload = id;
    if (staged || upload == null) {
      return;
    }
    staged = true;
    for (FutureTask<String> part : parts) {
      try {
        part.get();
      } catch (ExecutionException e) {
        // it is not there
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    abort(upload);
  }
}
