package dev.penstock.objects.s3;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import dev.penstock.objects.remote.Pages;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A bucket, or what is below a prefix in one. An upload is a multipart upload, which S3 shows to
/// nobody before it is completed; creating is a put with `If-None-Match: *`.
final class S3Store implements ObjectStore {
  private static final int CONFLICTS = 10;

  private final S3Access access;
  private final StoreLocation location;
  private final String bucket;
  private final String root;
  private final S3Failures failures;

  S3Store(S3Access access, StoreLocation location) {
    this.access = access;
    this.location = location;
    this.bucket = location.bucket();
    this.root = location.prefix();
    this.failures = new S3Failures(access);
  }

  private S3Client client() {
    return access.client();
  }

  private IOException failure(String doing, String key, SdkException e) {
    return failures.of(doing + " " + shown(key), e);
  }

  @Override
  public Optional<ObjectInfo> find(String key) throws IOException {
    HeadObjectResponse head = head(key);
    return head == null
        ? Optional.empty()
        : Optional.of(new ObjectInfo(key, head.contentLength(), head.lastModified()));
  }

  private @Nullable HeadObjectResponse head(String key) throws IOException {
    try {
      return client().headObject(b -> b.bucket(bucket).key(root + key));
    } catch (SdkException e) {
      if (S3Failures.isMissing(e)) {
        return null;
      }
      throw failure("cannot look at", key, e);
    }
  }

  @Override
  public ReadableObject read(String key) throws IOException {
    HeadObjectResponse head = head(key);
    if (head == null) {
      throw new NoSuchObject("no such object: " + shown(key) + " in " + access);
    }
    return new S3Object(
        client(), failures, bucket, root + key, shown(key), head.contentLength(), head.eTag());
  }

  @Override
  public Stream<ObjectInfo> list(String prefix, String after) {
    return Pages.stream(token -> page(prefix, after, token, false));
  }

  @Override
  public Stream<ObjectInfo> children(String prefix) {
    return Pages.stream(token -> page(prefix, "", token, true));
  }

  private Pages.Page page(String prefix, String after, @Nullable String token, boolean direct)
      throws IOException {
    try {
      ListObjectsV2Response response =
          client()
              .listObjectsV2(b ->
                  b.bucket(bucket)
                      .prefix(root + prefix)
                      .startAfter(after.isEmpty() ? null : root + after)
                      .continuationToken(token)
                      .delimiter(direct ? "/" : null)
                      .encodingType(EncodingType.URL));
      return new Pages.Page(
          response.contents().stream().map(this::info).toList(), response.nextContinuationToken());
    } catch (SdkException e) {
      throw failure("cannot list", prefix, e);
    }
  }

  private ObjectInfo info(software.amazon.awssdk.services.s3.model.S3Object object) {
    return new ObjectInfo(
        object.key().substring(root.length()), object.size(), object.lastModified());
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    for (int i = 0; ; i++) {
      try {
        client()
            .putObject(
                b -> b.bucket(bucket).key(root + key).ifNoneMatch("*"),
                RequestBody.fromBytes(content));
        return true;
      } catch (SdkException e) {
        if (S3Failures.hasStatus(e, 412)) {
          return false;
        }
        // two at the same time, of which S3 has not made its choice yet
        if (!S3Failures.hasStatus(e, 409) || i == CONFLICTS) {
          throw failure("cannot create", key, e);
        }
      }
    }
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      client().deleteObject(b -> b.bucket(bucket).key(root + key));
    } catch (SdkException e) {
      throw failure("cannot delete", key, e);
    }
  }

  @Override
  public Upload upload(String key) {
    return new S3Upload(client(), failures, bucket, root + key, key, shown(key));
  }

  @Override
  public void complete(StagedObject staged) throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (String etag : staged.parts()) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(etag).build());
    }
    try {
      client()
          .completeMultipartUpload(b ->
              b.bucket(bucket)
                  .key(root + staged.key())
                  .uploadId(staged.upload())
                  .multipartUpload(all -> all.parts(parts)));
    } catch (SdkException e) {
      if (!S3Failures.isMissingUpload(e)) {
        throw failure("cannot complete", staged.key(), e);
      }
      requireCompleted(staged);
    }
  }

  /// An upload that is not there any more was completed, if the object is what it makes.
  private void requireCompleted(StagedObject staged) throws IOException {
    HeadObjectResponse head = head(staged.key());
    if (head == null || !ETags.mayBe(head.eTag(), staged.parts())) {
      throw new UploadLost(
          "%s was committed, but neither it nor its upload is there: somebody removed it, or the bucket aborts uploads sooner than after 7 days"
              .formatted(shown(staged.key())));
    }
  }

  @Override
  public void abort(StagedObject staged) throws IOException {
    try {
      client()
          .abortMultipartUpload(
              b -> b.bucket(bucket).key(root + staged.key()).uploadId(staged.upload()));
    } catch (SdkException e) {
      if (!S3Failures.isMissingUpload(e)) {
        throw failure("cannot abort the upload of", staged.key(), e);
      }
    }
  }

  @Override
  public List<StagedObject> unfinished(String prefix) throws IOException {
    List<StagedObject> uploads = new ArrayList<>();
    ListMultipartUploadsRequest request =
        ListMultipartUploadsRequest.builder()
            .bucket(bucket)
            .prefix(root + prefix)
            .encodingType(EncodingType.URL)
            .build();
    try {
      for (ListMultipartUploadsResponse page : client().listMultipartUploadsPaginator(request)) {
        for (MultipartUpload upload : page.uploads()) {
          String key = upload.key().substring(root.length());
          uploads.add(new StagedObject(key, upload.uploadId(), List.of()));
        }
      }
    } catch (SdkException e) {
      throw failure("cannot list the uploads to", prefix, e);
    }
    return uploads;
  }

  @Override
  public URI presign(String key, Duration valid) throws IOException {
    try (S3Presigner presigner = access.presigner()) {
      return presigner
          .presignGetObject(b ->
              b.signatureDuration(valid)
                  .getObjectRequest(get -> get.bucket(bucket).key(root + key)))
          .url()
          .toURI();
    } catch (SdkException e) {
      throw failure("cannot sign an address of", key, e);
    } catch (URISyntaxException e) {
      throw new StoreFailure("the address of " + shown(key) + " is none: " + e.getMessage(), e);
    }
  }

  @Override
  public String shown(String key) {
    return location.at(key).shown();
  }

  /// Clients outlive stores.
  @Override
  public void close() {}
}
