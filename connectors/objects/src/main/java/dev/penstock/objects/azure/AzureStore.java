package dev.penstock.objects.azure;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.objects.remote.Pages;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreRequest;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A container of Azure Blob Storage, or what is below a prefix in one. An upload is a blob under a
/// name that lists leave out, copied by Azure itself when it is completed; creating is a put with
/// `If-None-Match: *`.
final class AzureStore implements ObjectStore {
  private static final int PAGE = 1_000;

  private final AzureContainer container;
  private final StoreLocation location;
  private final String root;

  AzureStore(AzureAccess access, String container, StoreLocation location) {
    this.container = new AzureContainer(access, container);
    this.location = location;
    this.root = location.prefix();
  }

  /// What Azure knows of a blob; null for nothing.
  private @Nullable StoreAnswer head(String key) throws IOException {
    String what = "cannot look at " + shown(key);
    StoreAnswer answer =
        container.send(StoreRequest.of("HEAD", container.address(root + key)), what);
    if (answer.isOk()) {
      return answer;
    }
    if (AzureContainer.isMissing(answer)) {
      return null;
    }
    throw container.failure(what, answer);
  }

  private static long size(StoreAnswer head) {
    return Long.parseLong(String.valueOf(head.header("content-length")));
  }

  private static Instant time(@Nullable String text) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(String.valueOf(text)));
  }

  @Override
  public Optional<ObjectInfo> find(String key) throws IOException {
    return Optional.ofNullable(head(key))
        .map(head -> new ObjectInfo(key, size(head), time(head.header("last-modified"))));
  }

  @Override
  public ReadableObject read(String key) throws IOException {
    StoreAnswer head = head(key);
    if (head == null) {
      throw new NoSuchObject("no such object: " + shown(key) + " in " + container.access());
    }
    return new AzureObject(
        container, root + key, shown(key), size(head), String.valueOf(head.header("etag")));
  }

  /// Azure cannot begin behind a key: what is before it is gone through.
  @Override
  public Stream<ObjectInfo> list(String prefix, String after) {
    return all(root + prefix, "")
        .filter(each -> each.key().compareTo(after) > 0 && !StagedBlob.isOne(each.key()));
  }

  @Override
  public Stream<ObjectInfo> children(String prefix) {
    return all(root + prefix, "&delimiter=%2F").filter(each -> !StagedBlob.isOne(each.key()));
  }

  private Stream<ObjectInfo> all(String begins, String delimiter) {
    return Pages.stream(marker -> page(begins, delimiter, marker));
  }

  private Pages.Page page(String begins, String delimiter, @Nullable String marker)
      throws IOException {
    String address =
        "%s?restype=container&comp=list&maxresults=%d&prefix=%s%s%s"
            .formatted(
                container.address(),
                PAGE,
                encoded(begins),
                delimiter,
                marker == null ? "" : "&marker=" + encoded(marker));
    StoreAnswer answer =
        container.done(
            StoreRequest.of("GET", address),
            "cannot list " + shown(begins.substring(root.length())));
    Xml page = Xml.parse(answer.body());
    List<ObjectInfo> objects = new ArrayList<>();
    for (Xml blob : page.all("Blob")) {
      objects.add(
          new ObjectInfo(
              name(blob).substring(root.length()),
              Long.parseLong(String.valueOf(blob.text("Content-Length"))),
              time(blob.text("Last-Modified"))));
    }
    return new Pages.Page(objects, page.text("NextMarker"));
  }

  /// Encoded if XML cannot hold it.
  private static String name(Xml blob) {
    Xml name = blob.all("Name").getFirst();
    String text = name.element().getTextContent();
    return "true".equals(name.element().getAttribute("Encoded"))
        ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
        : text;
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    String what = "cannot create " + shown(key);
    StoreAnswer answer =
        container.send(
            StoreRequest.of("PUT", container.address(root + key))
                .with("x-ms-blob-type", "BlockBlob")
                .with("If-None-Match", "*")
                .sending(content, content.length),
            what);
    String code = answer.isOk() ? "" : AzureContainer.code(answer);
    if (code.equals("BlobAlreadyExists") || code.equals("ConditionNotMet")) {
      return false;
    }
    if (!answer.isOk()) {
      throw container.failure(what, answer);
    }
    return true;
  }

  @Override
  public void delete(String key) throws IOException {
    Publishing.remove(container, root + key, "cannot delete " + shown(key));
  }

  @Override
  public Upload upload(String key) {
    return new AzureUpload(container, root, key, shown(key));
  }

  @Override
  public void complete(StagedObject staged) throws IOException {
    new Publishing(container, StagedBlob.of(root, staged), shown(staged.key())).publish();
  }

  @Override
  public void abort(StagedObject staged) throws IOException {
    Publishing.remove(
        container,
        StagedBlob.of(root, staged).path(),
        "cannot abort the upload of " + shown(staged.key()));
  }

  @Override
  public List<StagedObject> unfinished(String prefix) throws IOException {
    try {
      return all(StagedBlob.prefix(root, prefix), "")
          .map(each -> StagedBlob.object(each.key()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public URI presign(String key, Duration valid) throws IOException {
    if (!(container.access().credentials() instanceof AzureCredentials.SharedKey(AzureKey by))) {
      throw new StoreFailure(
          "cannot sign an address of %s: that needs the key of the account, by accountKey in the connection or AZURE_STORAGE_KEY"
              .formatted(shown(key)),
          null);
    }
    String signature = by.readingUntil(Instant.now().plus(valid), container.resource(root + key));
    return URI.create(container.address(root + key) + "?" + signature);
  }

  @Override
  public String shown(String key) {
    return location.at(key).shown();
  }

  /// What gets in outlives stores.
  @Override
  public void close() {}
}
