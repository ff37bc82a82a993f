package dev.penstock.objects.azure;

import static dev.penstock.objects.remote.StoreRequest.encoded;
import static dev.penstock.objects.remote.StoreRequest.path;

import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.StoreFailure;
import dev.penstock.objects.remote.StoreAnswer;
import dev.penstock.objects.remote.StoreHttp;
import dev.penstock.objects.remote.StoreRequest;
import dev.penstock.objects.remote.Xml;
import java.io.IOException;

/// A container of blobs: addresses, requests, and what is said of those that are refused.
record AzureContainer(AzureAccess access, String name) {

  String address() {
    return access.endpoint() + "/" + encoded(name);
  }

  /// The address of a blob.
  String address(String key) {
    return address() + "/" + path(key);
  }

  /// What a blob is called in signatures.
  String resource(String key) {
    return name + "/" + key;
  }

  StoreHttp http() {
    return access.http();
  }

  /// @param what is done, for messages: `cannot look at az://…`
  ///
  /// @return any answer, refusals too
  StoreAnswer send(StoreRequest request, String what) throws IOException {
    return http().send(request, what);
  }

  /// @return the answer to what went well
  StoreAnswer done(StoreRequest request, String what) throws IOException {
    StoreAnswer answer = send(request, what);
    if (!answer.isOk()) {
      throw failure(what, answer);
    }
    return answer;
  }

  /// A refusal, said so that somebody can act on it.
  IOException failure(String what, StoreAnswer answer) {
    String code = code(answer);
    if (code.equals("ContainerNotFound")) {
      return new NoSuchObject(what + ": there is no such bucket in " + access);
    }
    return new StoreFailure(
        "%s: %s says %d%s%s"
            .formatted(
                what,
                access,
                answer.status(),
                code.isEmpty() ? "" : " " + code,
                hint(answer.status(), code)),
        null);
  }

  private static String hint(int status, String code) {
    return switch (code) {
      case "AuthenticationFailed" ->
          "; look at the key or signature of the account: Azure takes it for a wrong one, or too old";
      case "AuthorizationPermissionMismatch", "AuthorizationFailure" ->
          "; look at what the credentials may do with the container, and at the firewall of the account";
      default -> status == 401 || status == 403 ? "; look at the credentials" : "";
    };
  }

  /// What Azure calls a refusal; empty if it does not say.
  static String code(StoreAnswer answer) {
    String code = answer.header("x-ms-error-code");
    if (code != null) {
      return code;
    }
    try {
      String text = answer.text().isBlank() ? null : Xml.parse(answer.body()).text("Code");
      return text == null ? "" : text;
    } catch (IOException e) {
      return ""; // not by Azure, but by something on the way
    }
  }

  static boolean isMissing(StoreAnswer answer) {
    return answer.status() == 404 && !code(answer).equals("ContainerNotFound");
  }
}
