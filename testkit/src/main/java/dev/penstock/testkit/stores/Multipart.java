package dev.penstock.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.testkit.stores.StoreServer.Answer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Uploads in parts, as S3 has them, and the XML interface of Google Cloud Storage after it.
public final class Multipart {
  private static final Pattern ETAG = Pattern.compile("<ETag>(.*?)</ETag>");

  private Multipart() {}

  /// @param key empty for the bucket
  /// @param query decoded
  ///
  /// @return null when it is about something else
  public static @Nullable Answer answer(
      String method, Bucket bucket, String key, Map<String, String> query, byte[] body) {
    String upload = query.get("uploadId");
    if (query.containsKey("uploads")) {
      return key.isEmpty() ? list(bucket, query.getOrDefault("prefix", "")) : begin(bucket, key);
    }
    if (upload == null) {
      return null;
    }
    return switch (method) {
      case "PUT" -> part(bucket, key, upload, String.valueOf(query.get("partNumber")), body);
      case "POST" -> complete(bucket, key, upload, new String(body, UTF_8));
      case "DELETE" -> bucket.abort(upload) ? Answer.of(204, Map.of()) : missing();
      default -> null;
    };
  }

  private static Answer missing() {
    return Answer.xml(
        404, "<Error><Code>NoSuchUpload</Code><Message>no such upload</Message></Error>");
  }

  private static Answer begin(Bucket bucket, String key) {
    return Answer.xml(
        200,
        "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
            .formatted(bucket.begin(key)));
  }

  private static Answer part(
      Bucket bucket, String key, String upload, String number, byte[] content) {
    String etag = bucket.part(upload, key, Integer.parseInt(number), content);
    return etag == null ? missing() : Answer.of(200, Map.of("ETag", etag));
  }

  private static Answer complete(Bucket bucket, String key, String upload, String xml) {
    List<String> etags = new ArrayList<>();
    Matcher matcher = ETAG.matcher(xml);
    while (matcher.find()) {
      etags.add(matcher.group(1).replace("&quot;", "\"").replace("&#34;", "\""));
    }
    Bucket.Stored stored;
    try {
      stored = bucket.complete(upload, key, etags);
    } catch (IllegalArgumentException e) {
      return Answer.xml(
          400, "<Error><Code>InvalidPart</Code><Message>no such part</Message></Error>");
    }
    return stored == null
        ? missing()
        : Answer.xml(
            200,
            "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
                .formatted(stored.etag().replace("\"", "&quot;")));
  }

  private static Answer list(Bucket bucket, String prefix) {
    StringBuilder xml = new StringBuilder("<ListMultipartUploadsResult>");
    xml.append("<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>");
    bucket
        .uploads()
        .forEach((id, pending) -> {
          if (pending.key().startsWith(prefix)) {
            xml.append(
                "<Upload><Key>%s</Key><UploadId>%s</UploadId></Upload>"
                    .formatted(URLEncoder.encode(pending.key(), UTF_8), id));
          }
        });
    return Answer.xml(200, xml.append("</ListMultipartUploadsResult>").toString());
  }
}
