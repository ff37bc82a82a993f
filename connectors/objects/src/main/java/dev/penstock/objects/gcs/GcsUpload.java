package dev.penstock.objects.gcs;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.UploadLost;
import dev.penstock.objects.remote.PartedUpload;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreRequest;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A multipart upload of the XML interface: the only kind that is seen by nobody, can be completed
/// and aborted by anybody, and is listed. What is staged tells the tag of each part and, at the
/// end, the checksum of all, by which the finished object is known.
final class GcsUpload extends PartedUpload {
  private final GcsBucket bucket;
  private final String path;
  private final CRC32C crc = new CRC32C();

  GcsUpload(GcsBucket bucket, String path, String key, String shown) {
    super(key, shown);
    this.bucket = bucket;
    this.path = path;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    super.write(source, offset, length);
    crc.update(source, offset, length);
  }

  private String what() {
    return "cannot write " + shown();
  }

  @Override
  protected String begin() throws IOException {
    StoreAnswer answer =
        bucket
            .http()
            .send(
                StoreRequest.of("POST", bucket.xml(bucket.xmlPath(path)) + "?uploads")
                    .sendingNothing(),
                what());
    String id = answer.isOk() ? Xml.parse(answer.body()).text("UploadId") : null;
    if (id == null) {
      throw bucket.failures().of(what(), answer);
    }
    return id;
  }

  @Override
  protected String send(String upload, int number, byte[] content, int length) throws IOException {
    String address =
        "%s?partNumber=%d&uploadId=%s"
            .formatted(bucket.xml(bucket.xmlPath(path)), number, StoreRequest.encoded(upload));
    StoreAnswer answer =
        bucket.http().send(StoreRequest.of("PUT", address).sending(content, length), what());
    if (GcsFailures.isMissingUpload(answer)) {
      throw new UploadLost("the upload of " + shown() + " was aborted by somebody");
    }
    String etag = answer.header("etag");
    if (!answer.isOk() || etag == null) {
      throw bucket.failures().of(what(), answer);
    }
    return etag;
  }

  @Override
  protected StagedObject staged(String key, String upload, List<String> parts) {
    List<String> said = new ArrayList<>(parts);
    said.add(GcsChecksum.of(crc, bytes()));
    return new StagedObject(key, upload, said);
  }

  @Override
  protected void abort(String upload) throws IOException {
    abort(bucket, path, upload, "cannot abort the upload of " + shown());
  }

  /// Removes an upload, if it is there.
  static void abort(GcsBucket bucket, String path, String upload, String what) throws IOException {
    String address = bucket.xml(bucket.xmlPath(path)) + "?uploadId=" + StoreRequest.encoded(upload);
    StoreAnswer answer = bucket.http().send(StoreRequest.of("DELETE", address), what);
    if (!answer.isOk() && !GcsFailures.isMissingUpload(answer)) {
      throw bucket.failures().of(what, answer);
    }
  }
}
