package dev.penstock.objects.s3;

import dev.penstock.objects.UploadLost;
import dev.penstock.objects.remote.PartedUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A multipart upload.
final class S3Upload extends PartedUpload {
  private final S3Client client;
  private final S3Failures failures;
  private final String bucket;
  private final String path;

  S3Upload(
      S3Client client, S3Failures failures, String bucket, String path, String key, String shown) {
    super(key, shown);
    this.client = client;
    this.failures = failures;
    this.bucket = bucket;
    this.path = path;
  }

  @Override
  protected String begin() throws IOException {
    try {
      return client.createMultipartUpload(b -> b.bucket(bucket).key(path)).uploadId();
    } catch (SdkException e) {
      throw failures.of("cannot write " + shown(), e);
    }
  }

  @Override
  protected String send(String upload, int number, byte[] content, int length) throws IOException {
    try {
      return client
          .uploadPart(
              b -> b.bucket(bucket).key(path).uploadId(upload).partNumber(number),
              RequestBody.fromContentProvider(
                  () -> new ByteArrayInputStream(content, 0, length),
                  length,
                  "application/octet-stream"))
          .eTag();
    } catch (SdkException e) {
      throw S3Failures.isMissingUpload(e)
          ? new UploadLost("the upload of " + shown() + " was aborted by somebody")
          : failures.of("cannot write " + shown(), e);
    }
  }

  @Override
  protected void abort(String upload) throws IOException {
    try {
      client.abortMultipartUpload(b -> b.bucket(bucket).key(path).uploadId(upload));
    } catch (SdkException e) {
      if (!S3Failures.isMissingUpload(e)) {
        throw failures.of("cannot abort the upload of " + shown(), e);
      }
    }
  }
}
