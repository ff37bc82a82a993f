package dev.penstock.objects.azure;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.remote.PartedUpload;
import dev.penstock.objects.remote.StoreRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// Blocks, which become a [StagedBlob] when all are there.
final class AzureUpload extends PartedUpload {
  private final AzureContainer container;
  private final StagedBlob blob;

  AzureUpload(AzureContainer container, String root, String key, String shown) {
    super(key, shown);
    this.container = container;
    this.blob = new StagedBlob(root, key, UUID.randomUUID().toString());
  }

  @Override
  protected String begin() {
    return blob.upload();
  }

  @Override
  protected String send(String upload, int number, byte[] content, int length) throws IOException {
    String id = BlockList.id(upload, number);
    if (length > 0) {
      String address = container.address(blob.path()) + "?comp=block&blockid=" + encoded(id);
      container.done(
          StoreRequest.of("PUT", address).sending(content, length), "cannot write " + shown());
    }
    return id;
  }

  @Override
  protected StagedObject staged(String key, String upload, List<String> parts) throws IOException {
    byte[] list = new BlockList(bytes() == 0 ? List.of() : parts).xml();
    container.done(
        StoreRequest.of("PUT", container.address(blob.path()) + "?comp=blocklist")
            .with("Content-Type", "application/xml")
            .sending(list, list.length),
        "cannot write " + shown());
    return new StagedObject(key, upload, List.of());
  }

  /// Blocks that are of no blob are seen by nobody, and Azure removes them after a week; the blob
  /// is there if only the answer that said so was lost.
  @Override
  protected void abort(String upload) throws IOException {
    Publishing.remove(container, blob.path(), "cannot abort the upload of " + shown());
  }
}
