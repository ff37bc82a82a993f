package dev.penstock.objects.gcs;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonValue;
import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What the service refuses, said so that somebody can act on it.
///
/// @param where the service is
record GcsFailures(String where) {

  /// The code and the message of a refusal, in JSON or in XML as it was asked; empty for what it
  /// does not say.
  private record Said(String code, String message) {
    static Said of(StoreAnswer answer) {
      String text = answer.text().strip();
      if (text.startsWith("<")) {
        try {
          Xml xml = Xml.parse(answer.body());
          return new Said(orEmpty(xml.text("Code")), orEmpty(xml.text("Message")));
        } catch (IOException e) {
          return new Said("", "");
        }
      }
      try {
        JsonValue json = JsonValue.parse(text);
        return new Said(
            orEmpty(json.text("/error/errors/0/reason")), orEmpty(json.text("/error/message")));
      } catch (BadJson e) {
        return new Said("", text.length() > 200 ? text.substring(0, 200) + "…" : text);
      }
    }

    private static String orEmpty(@Nullable String text) {
      return text == null ? "" : text;
    }
  }

  /// @param what was tried, and on what: `cannot read gs://lake/trips.csv`
  IOException of(String what, StoreAnswer answer) {
    if (isMissingBucket(answer)) {
      return new NoSuchObject(what + ": there is no such bucket in " + where);
    }
    Said said = Said.of(answer);
    return new StoreFailure(
        "%s: %s says %d%s%s%s"
            .formatted(
                what,
                where,
                answer.status(),
                said.code().isEmpty() ? "" : " " + said.code(),
                said.message().isEmpty() ? "" : " (" + said.message() + ")",
                hint(answer.status())),
        null);
  }

  private static String hint(int status) {
    return switch (status) {
      case 401 -> "; look at the credentials: nobody knows them there";
      case 403 -> "; look at what the account of the credentials may do with the bucket";
      default -> "";
    };
  }

  static boolean isMissingBucket(StoreAnswer answer) {
    if (answer.status() != 404) {
      return false;
    }
    Said said = Said.of(answer);
    return said.code().equals("NoSuchBucket") || said.message().contains("bucket does not exist");
  }

  static boolean isMissingUpload(StoreAnswer answer) {
    return answer.status() == 404 && Said.of(answer).code().equals("NoSuchUpload");
  }
}
