package dev.penstock.objects.gcs;

import dev.penstock.objects.remote.Range;
import dev.penstock.objects.remote.RangedObject;
import dev.penstock.objects.remote.StoreHttp;
import dev.penstock.objects.remote.StoreRequest;
import java.io.IOException;

/// One generation of an object.
final class GcsObject extends RangedObject {
  private final GcsBucket bucket;
  private final String path;
  private final String shown;
  private final long generation;

  GcsObject(GcsBucket bucket, String path, String shown, long size, long generation) {
    super(shown, size);
    this.bucket = bucket;
    this.path = path;
    this.shown = shown;
    this.generation = generation;
  }

  @Override
  public String version() {
    return "generation=" + generation;
  }

  @Override
  protected Range open(long from, long end) throws IOException {
    String what = "cannot read " + shown;
    StoreHttp.Opened opened =
        bucket
            .http()
            .open(
                StoreRequest.of("GET", bucket.object(path) + "?alt=media&generation=" + generation)
                    .range(from, end)
                    .with("Accept-Encoding", "gzip"), // what is stored, not what is in it
                what);
    if (opened.answer().status() == 404) {
      throw replaced();
    }
    if (!opened.answer().isOk()) {
      throw bucket.failures().of(what, opened.answer());
    }
    return opened.range();
  }
}
