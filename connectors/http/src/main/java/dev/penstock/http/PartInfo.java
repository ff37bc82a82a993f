package dev.penstock.http;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import java.io.IOException;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of a file that was downloaded, wholly or in part.
///
/// @param urlDigest tells whether it is of the same URL
/// @param validator a strong `ETag`, or else a `Last-Modified`, by which the server tells whether
///   the file has changed
/// @param total its whole size in bytes, if the server has told
record PartInfo(String urlDigest, @Nullable String validator, @Nullable Long total) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile(
          "bytes (?<from>\\d{1,18})-\\d+/(?<total>\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

  static PartInfo of(String urlDigest, ResponseInfo answer) {
    Optional<String> etag =
        answer.headers().firstValue("ETag").filter(value -> !value.startsWith("W/"));
    String validator = etag.or(() -> answer.headers().firstValue("Last-Modified")).orElse(null);
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    return new PartInfo(urlDigest, validator, length.isPresent() ? length.getAsLong() : null);
  }

  void write(Path file) throws IOException {
    Files.write(file, JsonCodec.of(PartInfo.class).write(this));
  }

  /// Nothing if the file is not there, or was only half written.
  static Optional<PartInfo> read(Path file) throws IOException {
    try {
      byte[] json = Files.readAllBytes(file);
      return Optional.of(JsonCodec.of(PartInfo.class).read(json, 0, json.length));
    } catch (NoSuchFileException | BadJson e) {
      return Optional.empty();
    }
  }

  boolean isTotal(long size) {
    return total != null && total == size;
  }

  Optional<String> ifRange() {
    return Optional.ofNullable(validator);
  }

  Optional<String> etag() {
    return ifRange().filter(value -> value.startsWith("\""));
  }

  /// Whether an answer with status 206 goes on exactly where the part ends, in the same file.
  boolean isContinuedBy(ResponseInfo answer, long have) {
    String header = answer.headers().firstValue("Content-Range").orElse("");
    Matcher range = CONTENT_RANGE.matcher(header);
    if (!range.matches() || Long.parseLong(range.group("from")) != have) {
      return false;
    }
    String size = range.group("total");
    boolean sameSize = total == null || size.equals("*") || isTotal(Long.parseLong(size));
    Optional<String> now = answer.headers().firstValue("ETag");
    boolean sameEtag = now.isEmpty() || etag().isEmpty() || now.equals(etag());
    return sameSize && sameEtag;
  }

  /// Whether a part of the file can be completed by a later answer.
  boolean resumable(String wantedUrlDigest) {
    return validator != null && urlDigest.equals(wantedUrlDigest);
  }
}
