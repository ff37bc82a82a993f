package dev.penstock.objects.gcs;

import static dev.penstock.objects.remote.StoreRequest.encoded;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreRequest;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The uploads of a bucket that are not completed.
record GcsUploads(GcsBucket bucket, String root) {

  List<StagedObject> list(String prefix, String what) throws IOException {
    List<StagedObject> uploads = new ArrayList<>();
    String first =
        "%s?uploads&encoding-type=url&prefix=%s"
            .formatted(bucket.xml(bucket.xmlPath()), encoded(root + prefix));
    String next = "";
    while (true) {
      StoreAnswer answer = bucket.http().send(StoreRequest.of("GET", first + next), what);
      if (!answer.isOk()) {
        throw bucket.failures().of(what, answer);
      }
      Xml page = Xml.parse(answer.body());
      for (Xml upload : page.all("Upload")) {
        String key = decoded(upload.text("Key")).substring(root.length());
        uploads.add(new StagedObject(key, String.valueOf(upload.text("UploadId")), List.of()));
      }
      if (!"true".equals(page.text("IsTruncated"))) {
        return uploads;
      }
      next =
          "&key-marker=%s&upload-id-marker=%s"
              .formatted(
                  encoded(decoded(page.text("NextKeyMarker"))),
                  encoded(String.valueOf(page.text("NextUploadIdMarker"))));
    }
  }

  private static String decoded(@Nullable String text) {
    return URLDecoder.decode(text == null ? "" : text, StandardCharsets.UTF_8);
  }
}
