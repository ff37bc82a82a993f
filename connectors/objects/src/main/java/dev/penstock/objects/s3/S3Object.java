package dev.penstock.objects.s3;

import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object that is read by ranges, each of the version that was there at first.
final class S3Object implements ReadableObject {
  private static final int ATTEMPTS = 4;

  private final S3Client client;
  private final S3Failures failures;
  private final String bucket;
  private final String key;
  private final long size;
  private final String etag;

  S3Object(
      S3Client client, S3Failures failures, String bucket, String key, long size, String etag) {
    this.client = client;
    this.failures = failures;
    this.bucket = bucket;
    this.key = key;
    this.size = size;
    this.etag = etag;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public String version() {
    return "etag=" + etag.replace("\"", "");
  }

  @Override
  public int read(long at, ByteBuffer to) throws IOException {
    if (at >= size) {
      return -1;
    }
    long end = Math.min(size, at + to.remaining());
    int length = (int) (end - at);
    byte[] bytes = to.hasArray() ? to.array() : new byte[length];
    int offset = to.hasArray() ? to.arrayOffset() + to.position() : 0;
    try (Body body = new Body(at, end)) {
      if (body.readNBytes(bytes, offset, length) < length) {
        throw new StoreFailure(shown() + " ended before byte " + end, null);
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
  public InputStream stream(long from) {
    return new Body(from, size);
  }

  private String shown() {
    return "s3://" + bucket + "/" + key;
  }

  private ResponseInputStream<GetObjectResponse> get(long from, long end) throws IOException {
    try {
      return client.getObject(b ->
          b.bucket(bucket).key(key).ifMatch(etag).range("bytes=%d-%d".formatted(from, end - 1)));
    } catch (SdkException e) {
      throw S3Failures.hasStatus(e, 412)
          ? new StoreFailure(shown() + " was replaced while it was read", null)
          : failures.of("cannot read " + shown(), e);
    }
  }

  @Override
  public void close() {}

  /// The bytes of a range. Goes on where a connection was cut.
  private final class Body extends InputStream {
    private final long end;
    private long at;
    private @Nullable ResponseInputStream<GetObjectResponse> in;
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
        ResponseInputStream<GetObjectResponse> from = in == null ? get(at, end) : in;
        in = from;
        IOException cut;
        try {
          int read = from.read(bytes, offset, length);
          if (read > 0) {
            at += read;
            cuts = 0;
            return read;
          }
          cut = new IOException("the answer ended before its end");
        } catch (IOException e) {
          cut = e;
        } catch (SdkException e) {
          cut = new IOException(e.getMessage(), e);
        }
        drop();
        if (++cuts == ATTEMPTS) {
          throw new StoreFailure(
              "cannot read %s on from byte %d: %s".formatted(shown(), at, cut.getMessage()), cut);
        }
      }
      return -1;
    }

    /// What was not read is not waited for.
    private void drop() {
      if (in != null) {
        in.abort();
        in = null;
      }
    }

    @Override
    public void close() throws IOException {
      if (at == end && in != null) {
        in.close(); // so that its connection is used again
        in = null;
      }
      drop();
    }
  }
}
