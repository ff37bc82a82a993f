package dev.penstock.objects.gcs;

import static dev.penstock.objects.remote.StoreRequest.encoded;
import static dev.penstock.objects.remote.StoreRequest.path;

import dev.penstock.objects.remote.StoreHttp;

/// The addresses of a bucket in the two interfaces of the service: JSON, and XML for uploads in
/// parts.
record GcsBucket(GcsAccess access, String name) {

  StoreHttp http() {
    return access.http();
  }

  GcsFailures failures() {
    return new GcsFailures(access.toString());
  }

  /// In JSON: the list of objects.
  String objects() {
    return access.endpoint() + "/storage/v1/b/" + encoded(name) + "/o";
  }

  /// In JSON: an object.
  String object(String key) {
    return objects() + "/" + encoded(key);
  }

  /// In JSON: where objects are sent to.
  String upload() {
    return access.endpoint() + "/upload/storage/v1/b/" + encoded(name) + "/o";
  }

  /// In XML: the bucket, without a host.
  String xmlPath() {
    return "/" + name;
  }

  /// In XML: an object, without a host.
  String xmlPath(String key) {
    return "/" + name + "/" + path(key);
  }

  /// In XML: what has a path.
  String xml(String path) {
    return access.endpoint() + path;
  }
}
