package dev.penstock.objects.s3;

import dev.penstock.objects.remote.Range;
import dev.penstock.objects.remote.RangedObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object that is read by ranges, each of the version that was there at first.
final class S3Object extends RangedObject {
  private final S3Client client;
  private final S3Failures failures;
  private final String bucket;
  private final String key;
  private final String shown;
  private final String etag;

  S3Object(
      S3Client client,
      S3Failures failures,
      String bucket,
      String key,
      String shown,
      long size,
      String etag) {
    super(shown, size);
    this.client = client;
    this.failures = failures;
    this.bucket = bucket;
    this.key = key;
    this.shown = shown;
    this.etag = etag;
  }

  @Override
  public String version() {
    return "etag=" + etag.replace("\"", "");
  }

  @Override
  protected Range open(long from, long end) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> answer =
          client.getObject(b ->
              b.bucket(bucket)
                  .key(key)
                  .ifMatch(etag)
                  .range("bytes=%d-%d".formatted(from, end - 1)));
      return new Range(new Bytes(answer), answer::abort);
    } catch (SdkException e) {
      throw S3Failures.hasStatus(e, 412) ? replaced() : failures.of("cannot read " + shown, e);
    }
  }

  /// What the client throws of its own is a failure of reading like any other.
  private static final class Bytes extends FilterInputStream {
    Bytes(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (SdkException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
