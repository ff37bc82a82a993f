package dev.penstock.objects.s3;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.StoreFailure;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What the client throws, said so that somebody can act on it.
record S3Failures(S3Access access) {

  /// @param what was tried, and on what: `cannot read s3://lake/trips.csv`
  IOException of(String what, SdkException e) {
    if (e instanceof S3Exception refused) {
      String code = code(refused);
      if (code.equals("NoSuchBucket")) {
        return new NoSuchObject(what + ": there is no such bucket in " + access);
      }
      return new StoreFailure(what + ": " + said(refused, code) + hint(refused, code), null);
    }
    return new StoreFailure(
        "%s: %s cannot be reached, or nobody says as whom: %s"
            .formatted(what, access, access.redact(String.valueOf(e.getMessage()))),
        null);
  }

  private String said(S3Exception e, String code) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return access.redact(
        access
            + " says "
            + e.statusCode()
            + (code.isEmpty() ? "" : " " + code)
            + (message == null ? "" : " (" + message + ")"));
  }

  private static String hint(S3Exception e, String code) {
    return switch (code) {
      case "SignatureDoesNotMatch" -> "; the secret key is not that of the access key";
      case "InvalidAccessKeyId" -> "; the access key is not known there";
      case "RequestTimeTooSkewed" -> "; the clock of this machine is wrong, or that of the server";
      default ->
          e.statusCode() == 403 ? "; look at the access key, its secret, and what it may do" : "";
    };
  }

  static String code(S3Exception e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  static boolean isMissing(SdkException e) {
    return e instanceof S3Exception refused && refused.statusCode() == 404;
  }

  static boolean isMissingUpload(SdkException e) {
    return e instanceof S3Exception refused && code(refused).equals("NoSuchUpload");
  }

  static boolean hasStatus(SdkException e, int status) {
    return e instanceof S3Exception refused && refused.statusCode() == status;
  }
}
