package dev.penstock.objects.azure;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.UploadLost;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Makes a [StagedBlob] the blob that it is to be: Azure copies it block by block without sending
/// it anywhere, the blocks become the blob at once, and the staged one is removed. The blob says
/// which upload it is, so that this may be done again, by anybody.
///
/// @param shown how messages call the blob
record Publishing(AzureContainer container, StagedBlob staged, String shown) {
  private static final String UPLOAD = "x-ms-meta-penstockupload";
  private static final long BLOCK = 256L << 20;
  private static final int ATTEMPTS = 5;

  private String target() {
    return container.address(staged.root() + staged.key());
  }

  private String what() {
    return "cannot complete " + shown;
  }

  /// @throws UploadLost when neither the upload nor what it becomes is there
  void publish() throws IOException {
    for (int attempt = 1; ; attempt++) {
      StoreAnswer source = head(container.address(staged.path()));
      if (!source.isOk()) {
        requireDone();
        return;
      }
      if (copy(Long.parseLong(String.valueOf(source.header("content-length"))))) {
        break;
      }
      // somebody has completed this upload, or another, and by that removed the blocks of ours
      if (isDone()) {
        break;
      }
      if (attempt == ATTEMPTS) {
        throw new StoreFailure(what() + ": others complete uploads to it all the time", null);
      }
    }
    remove(container, staged.path(), what());
  }

  private StoreAnswer head(String address) throws IOException {
    StoreAnswer answer = container.send(StoreRequest.of("HEAD", address), what());
    if (!answer.isOk() && !AzureContainer.isMissing(answer)) {
      throw container.failure(what(), answer);
    }
    return answer;
  }

  private boolean isDone() throws IOException {
    return staged.upload().equals(head(target()).header(UPLOAD));
  }

  private void requireDone() throws IOException {
    if (!isDone()) {
      throw new UploadLost(
          "%s was committed, but neither it nor its upload is there: somebody removed it"
              .formatted(shown));
    }
  }

  /// @return false when the blocks are not there any more
  private boolean copy(long size) throws IOException {
    List<String> ids = new ArrayList<>();
    for (long from = 0; from < size; from += BLOCK) {
      String id = BlockList.id(staged.upload(), ids.size() + 1);
      StoreRequest request =
          StoreRequest.of("PUT", target() + "?comp=block&blockid=" + encoded(id))
              .sendingNothing()
              .with(
                  "x-ms-source-range",
                  "bytes=%d-%d".formatted(from, Math.min(size, from + BLOCK) - 1));
      StoreAnswer answer =
          container.send(
              container
                  .access()
                  .credentials()
                  .copying(
                      request, container.address(staged.path()), container.resource(staged.path())),
              what());
      if (AzureContainer.isMissing(answer)) {
        return false;
      }
      if (!answer.isOk()) {
        throw container.failure(what(), answer);
      }
      ids.add(id);
    }
    byte[] list = new BlockList(ids).xml();
    StoreAnswer answer =
        container.send(
            StoreRequest.of("PUT", target() + "?comp=blocklist")
                .with("Content-Type", "application/xml")
                .with(UPLOAD, staged.upload())
                .sending(list, list.length),
            what());
    if (AzureContainer.code(answer).equals("InvalidBlockList")) {
      return false;
    }
    if (!answer.isOk()) {
      throw container.failure(what(), answer);
    }
    return true;
  }

  /// Removes a blob, if there is one.
  static void remove(AzureContainer container, String path, String what) throws IOException {
    StoreAnswer answer = container.send(StoreRequest.of("DELETE", container.address(path)), what);
    if (!answer.isOk() && !AzureContainer.isMissing(answer)) {
      throw container.failure(what, answer);
    }
  }
}
