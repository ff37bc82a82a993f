package dev.penstock.objects.azure;

import dev.penstock.objects.remote.Range;
import dev.penstock.objects.remote.RangedObject;
import dev.penstock.objects.remote.StoreHttp;
import dev.penstock.objects.remote.StoreRequest;
import java.io.IOException;

/// A blob as it was when it was opened.
final class AzureObject extends RangedObject {
  private final AzureContainer container;
  private final String path;
  private final String shown;
  private final String etag;

  AzureObject(AzureContainer container, String path, String shown, long size, String etag) {
    super(shown, size);
    this.container = container;
    this.path = path;
    this.shown = shown;
    this.etag = etag;
  }

  @Override
  public String version() {
    return "etag=" + etag.replace("\"", "");
  }

  @Override
  protected Range open(long from, long end) throws IOException {
    String what = "cannot read " + shown;
    StoreHttp.Opened opened =
        container
            .http()
            .open(
                StoreRequest.of("GET", container.address(path))
                    .range(from, end)
                    .with("If-Match", etag),
                what);
    if (opened.answer().status() == 412) {
      throw replaced();
    }
    if (!opened.answer().isOk()) {
      throw container.failure(what, opened.answer());
    }
    return opened.range();
  }
}
