package dev.penstock.objects.gcs;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.data.JsonValue;
import dev.penstock.data.auth.ServiceAccount;
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
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreRequest;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A bucket of Google Cloud Storage, or what is below a prefix in one. An upload is a multipart
/// upload, which the service shows to nobody before it is completed; creating is a put on the
/// condition that there is no generation of the object.
final class GcsStore implements ObjectStore {
  private static final int PAGE = 1_000;
  private static final String FIELDS = "name,size,updated,generation,crc32c";

  private final GcsBucket bucket;
  private final StoreLocation location;
  private final String root;

  GcsStore(GcsAccess access, StoreLocation location) {
    this.bucket = new GcsBucket(access, location.bucket());
    this.location = location;
    this.root = location.prefix();
  }

  /// @return the answer to what went well
  private StoreAnswer done(StoreRequest request, String what) throws IOException {
    StoreAnswer answer = bucket.http().send(request, what);
    if (!answer.isOk()) {
      throw bucket.failures().of(what, answer);
    }
    return answer;
  }

  /// What the service knows of an object; null for nothing.
  private @Nullable JsonValue look(String key) throws IOException {
    String what = "cannot look at " + shown(key);
    StoreRequest request =
        StoreRequest.of("GET", bucket.object(root + key) + "?fields=" + encoded(FIELDS));
    StoreAnswer answer = bucket.http().send(request, what);
    if (answer.isOk()) {
      return JsonValue.parse(answer.text());
    }
    if (answer.status() == 404 && !GcsFailures.isMissingBucket(answer)) {
      return null;
    }
    throw bucket.failures().of(what, answer);
  }

  private ObjectInfo info(JsonValue object) {
    String name = Objects.requireNonNull(object.text("/name"));
    return new ObjectInfo(
        name.substring(root.length()),
        object.longInteger("/size"),
        Objects.requireNonNull(object.instant("/updated")));
  }

  @Override
  public Optional<ObjectInfo> find(String key) throws IOException {
    return Optional.ofNullable(look(key)).map(this::info);
  }

  @Override
  public ReadableObject read(String key) throws IOException {
    JsonValue object = look(key);
    if (object == null) {
      throw new NoSuchObject("no such object: " + shown(key) + " in " + bucket.access());
    }
    return new GcsObject(
        bucket,
        root + key,
        shown(key),
        object.longInteger("/size"),
        object.longInteger("/generation"));
  }

  @Override
  public Stream<ObjectInfo> list(String prefix, String after) {
    return Pages.stream(token -> page(prefix, after, token, ""));
  }

  @Override
  public Stream<ObjectInfo> children(String prefix) {
    return Pages.stream(token -> page(prefix, "", token, "&delimiter=%2F"));
  }

  private Pages.Page page(String prefix, String after, @Nullable String token, String delimiter)
      throws IOException {
    String from = after.isEmpty() ? "" : "&startOffset=" + encoded(root + after);
    String turn = token == null ? "" : "&pageToken=" + encoded(token);
    String address =
        "%s?maxResults=%d&fields=%s&prefix=%s%s%s%s"
            .formatted(
                bucket.objects(),
                PAGE,
                encoded("nextPageToken,items(name,size,updated)"),
                encoded(root + prefix),
                from,
                delimiter,
                turn);
    JsonValue answer =
        JsonValue.parse(
            done(StoreRequest.of("GET", address), "cannot list " + shown(prefix)).text());
    List<ObjectInfo> objects =
        answer.at("/items").map(JsonValue::elements).orElse(List.of()).stream()
            .map(this::info)
            .filter(each -> !each.key().equals(after)) // the offset is part of what it begins
            .toList();
    return new Pages.Page(objects, answer.text("/nextPageToken"));
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    String what = "cannot create " + shown(key);
    String address =
        "%s?uploadType=media&ifGenerationMatch=0&fields=generation&name=%s"
            .formatted(bucket.upload(), encoded(root + key));
    StoreAnswer answer =
        bucket.http().send(StoreRequest.of("POST", address).sending(content, content.length), what);
    if (answer.status() == 412) {
      return false;
    }
    if (!answer.isOk()) {
      throw bucket.failures().of(what, answer);
    }
    return true;
  }

  @Override
  public void delete(String key) throws IOException {
    String what = "cannot delete " + shown(key);
    StoreAnswer answer =
        bucket.http().send(StoreRequest.of("DELETE", bucket.object(root + key)), what);
    boolean isGone = answer.status() == 404 && !GcsFailures.isMissingBucket(answer);
    if (!answer.isOk() && !isGone) {
      throw bucket.failures().of(what, answer);
    }
  }

  @Override
  public Upload upload(String key) {
    return new GcsUpload(bucket, root + key, key, shown(key));
  }

  @Override
  public void complete(StagedObject staged) throws IOException {
    String what = "cannot complete " + shown(staged.key());
    byte[] parts = parts(GcsChecksum.tags(staged)).getBytes(StandardCharsets.UTF_8);
    String address =
        bucket.xml(bucket.xmlPath(root + staged.key())) + "?uploadId=" + encoded(staged.upload());
    StoreAnswer answer =
        bucket
            .http()
            .send(
                StoreRequest.of("POST", address)
                    .with("Content-Type", "application/xml")
                    .sending(parts, parts.length),
                what);
    if (GcsFailures.isMissingUpload(answer)) {
      requireCompleted(staged);
    } else if (!answer.isOk() || Xml.parse(answer.body()).name().equals("Error")) {
      throw bucket.failures().of(what, answer);
    }
  }

  private static String parts(List<String> tags) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    int number = 0;
    for (String tag : tags) {
      number++;
      String escaped = tag.replace("&", "&amp;").replace("<", "&lt;");
      xml.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
      xml.append(escaped).append("</ETag></Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString();
  }

  /// An upload that is not there any more was completed, if the object is what it makes.
  private void requireCompleted(StagedObject staged) throws IOException {
    JsonValue object = look(staged.key());
    String crc = object == null ? null : object.text("/crc32c");
    if (object == null
        || crc == null
        || !GcsChecksum.isOf(staged, crc, object.longInteger("/size"))) {
      throw new UploadLost(
          "%s was committed, but neither it nor its upload is there: somebody removed it, or the bucket aborts uploads sooner than after 7 days"
              .formatted(shown(staged.key())));
    }
  }

  @Override
  public void abort(StagedObject staged) throws IOException {
    GcsUpload.abort(
        bucket,
        root + staged.key(),
        staged.upload(),
        "cannot abort the upload of " + shown(staged.key()));
  }

  @Override
  public List<StagedObject> unfinished(String prefix) throws IOException {
    return new GcsUploads(bucket, root).list(prefix, "cannot list the uploads to " + shown(prefix));
  }

  @Override
  public URI presign(String key, Duration valid) throws IOException {
    if (!(bucket.access().credentials() instanceof ServiceAccount account)) {
      throw new StoreFailure(
          "cannot sign an address of %s: that needs the key of a service account, by ?credentials=FILE or GOOGLE_APPLICATION_CREDENTIALS"
              .formatted(shown(key)),
          null);
    }
    return new SignedAddress(account, bucket.access().endpoint())
        .of(bucket.xmlPath(root + key), valid, Instant.now());
  }

  @Override
  public String shown(String key) {
    return location.at(key).shown();
  }

  /// What gets in outlives stores.
  @Override
  public void close() {}
}
