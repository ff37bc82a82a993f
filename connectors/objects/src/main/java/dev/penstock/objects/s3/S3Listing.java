package dev.penstock.objects.s3;

import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.StoreLocation;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The objects below a prefix, or directly below it, asked for page by page.
final class S3Listing implements Iterator<ObjectInfo> {
  private final S3Client client;
  private final S3Failures failures;
  private final StoreLocation location;
  private final String bucket;
  private final String root;
  private final String prefix;
  private final String after;
  private final boolean direct;
  private List<S3Object> page = List.of();
  private int next;
  private @Nullable String token;
  private boolean ended;

  S3Listing(
      S3Client client,
      S3Failures failures,
      StoreLocation location,
      String bucket,
      String root,
      String prefix,
      String after,
      boolean direct) {
    this.client = client;
    this.failures = failures;
    this.location = location;
    this.bucket = bucket;
    this.root = root;
    this.prefix = prefix;
    this.after = after;
    this.direct = direct;
  }

  Stream<ObjectInfo> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (next == page.size() && !ended) {
      turn();
    }
    return next < page.size();
  }

  private void turn() {
    try {
      ListObjectsV2Response response =
          client.listObjectsV2(b ->
              b.bucket(bucket)
                  .prefix(root + prefix)
                  .startAfter(after.isEmpty() ? null : root + after)
                  .continuationToken(token)
                  .delimiter(direct ? "/" : null)
                  .encodingType(EncodingType.URL));
      page = response.contents();
      next = 0;
      token = response.nextContinuationToken();
      ended = !Boolean.TRUE.equals(response.isTruncated()) || token == null;
    } catch (SdkException e) {
      throw new UncheckedIOException(failures.of("cannot list " + location.at(prefix), e));
    }
  }

  @Override
  public ObjectInfo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    S3Object object = page.get(next++);
    return new ObjectInfo(
        object.key().substring(root.length()), object.size(), object.lastModified());
  }
}
