package dev.penstock.objects.s3;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A multipart upload. Parts are sent beside the one that is being filled, a few at once; what they
/// hold is the memory that it needs.
final class S3Upload extends Upload {
  private static final int PART = 8 << 20;
  private static final int SMALL = 64 << 10;
  private static final int AT_ONCE = 4;

  /// S3 takes 10,000 parts: later ones are larger, so that an object may have all the 5 TiB that S3
  /// allows.
  private static final int PARTS_OF_ONE_SIZE = 1_000;

  private final S3Client client;
  private final S3Failures failures;
  private final String bucket;
  private final String path;
  private final String key;
  private final String shown;
  private final List<FutureTask<String>> parts = new ArrayList<>();
  private byte[] buffer = new byte[SMALL];
  private int filled;
  private long bytes;
  private @Nullable String id;
  private boolean staged;

  S3Upload(
      S3Client client, S3Failures failures, String bucket, String path, String key, String shown) {
    this.client = client;
    this.failures = failures;
    this.bucket = bucket;
    this.path = path;
    this.key = key;
    this.shown = shown;
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
  public long bytes() {
    return bytes;
  }

  private void send() throws IOException {
    if (parts.size() >= AT_ONCE) {
      etag(parts.get(parts.size() - AT_ONCE));
    }
    String upload = id();
    int number = parts.size() + 1;
    byte[] content = buffer;
    int length = filled;
    FutureTask<String> part = new FutureTask<>(sending(upload, number, content, length));
    parts.add(part);
    Thread.ofVirtual().name("upload " + shown).start(part);
    buffer = new byte[number == 1 && length < PART ? SMALL : partSize()];
    filled = 0;
  }

  private Callable<String> sending(String upload, int number, byte[] content, int length) {
    return () ->
        client
            .uploadPart(
                b -> b.bucket(bucket).key(path).uploadId(upload).partNumber(number),
                RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(content, 0, length),
                    length,
                    "application/octet-stream"))
            .eTag();
  }

  private String id() throws IOException {
    String known = id;
    if (known == null) {
      try {
        known = client.createMultipartUpload(b -> b.bucket(bucket).key(path)).uploadId();
      } catch (SdkException e) {
        throw failures.of("cannot write " + shown, e);
      }
      id = known;
    }
    return known;
  }

  private String etag(FutureTask<String> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + shown + " was written");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SdkException lost when S3Failures.isMissingUpload(lost) ->
            throw new UploadLost("the upload of " + shown + " was aborted by somebody");
        case SdkException failure -> throw failures.of("cannot write " + shown, failure);
        case Error error -> throw error;
        case null, default -> throw new IOException("cannot write " + shown, e.getCause());
      }
    }
  }

  @Override
  public StagedObject stage() throws IOException {
    if (filled > 0 || parts.isEmpty()) {
      send();
    }
    List<String> etags = new ArrayList<>();
    for (FutureTask<String> part : parts) {
      etags.add(etag(part));
    }
    staged = true;
    buffer = new byte[0];
    return new StagedObject(key, id(), etags);
  }

  /// Waits for what is on its way: a part that came after the abort would be kept, and paid for.
  @Override
  public void close() throws IOException {
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
    try {
      client.abortMultipartUpload(b -> b.bucket(bucket).key(path).uploadId(upload));
    } catch (SdkException e) {
      if (!S3Failures.isMissingUpload(e)) {
        throw failures.of("cannot abort the upload of " + shown, e);
      }
    }
  }
}
