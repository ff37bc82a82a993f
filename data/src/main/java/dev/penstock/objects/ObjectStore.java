package dev.penstock.objects;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A store of objects below one [StoreLocation]: a bucket, a prefix in one, or a local directory.
/// Keys are relative to it, with slashes between their parts. Opening is cheap; what is shared,
/// such as connections, outlives the store. Safe for use by several threads.
public interface ObjectStore extends AutoCloseable {

  /// A bucket of S3, or of what speaks its protocol. Who may read and write it, and where it is,
  /// tells the environment, in the ways of AWS, or [StoreLocation#by].
  static StoreLocation s3(String bucket) {
    return StoreLocation.of("s3://" + bucket);
  }

  /// A bucket of Google Cloud Storage. Who may read and write it tells the environment, in the ways
  /// of Google, or [StoreLocation#by].
  static StoreLocation gcs(String bucket) {
    return StoreLocation.of("gs://" + bucket);
  }

  /// A container of Azure Blob Storage. Who may read and write it tells the environment, in the
  /// ways of Azure, or [StoreLocation#by].
  ///
  /// @param account the name of the storage account
  static StoreLocation azure(String account, String container) {
    return StoreLocation.of("az://" + account + "/" + container);
  }

  /// Opens what is below a location.
  ///
  /// @throws IllegalArgumentException when nobody knows stores of its scheme
  static ObjectStore open(StoreLocation location) throws IOException {
    return StoreProvider.of(location).open(location);
  }

  /// What is known of an object; empty when there is none.
  Optional<ObjectInfo> find(String key) throws IOException;

  /// Opens an object for reading.
  ///
  /// @throws NoSuchObject when there is none
  ReadableObject read(String key) throws IOException;

  /// The objects whose keys begin with a prefix, in the order of their keys' characters, looked up
  /// page by page. Failures are thrown as [java.io.UncheckedIOException].
  ///
  /// @param after only keys behind this one; empty for all
  Stream<ObjectInfo> list(String prefix, String after) throws IOException;

  /// The objects that lie directly below a prefix which is empty or ends with a slash, as a
  /// directory has files.
  Stream<ObjectInfo> children(String prefix) throws IOException;

  /// Makes a small object, unless there is one of that key: of several that try at once, exactly
  /// one succeeds, and nobody ever sees a part of it.
  ///
  /// When this fails with an exception, nobody knows whether the object was made. And after a false
  /// it may be the caller's own, since a request whose answer was lost is sent again: whoever
  /// depends on it looks at what is there.
  ///
  /// @return whether it was made
  boolean create(String key, byte[] content) throws IOException;

  /// Removes an object, if there is one.
  void delete(String key) throws IOException;

  /// Begins to write an object that may be large. It is not seen before it is completed.
  Upload upload(String key) throws IOException;

  /// Makes a staged object visible under its key, in place of any that has it. May be repeated, by
  /// any process.
  ///
  /// @throws UploadLost when neither the upload nor the object is there
  void complete(StagedObject staged) throws IOException;

  /// Removes what was staged, if it is there.
  void abort(StagedObject staged) throws IOException;

  /// Uploads below a prefix that somebody has begun and not completed. They can be aborted only.
  /// Where the store knows who is alive, they are those of dead writers, and their keys, which it
  /// does not know, are empty.
  List<StagedObject> unfinished(String prefix) throws IOException;

  /// An address by which anybody can read an object, for this long.
  URI presign(String key, Duration valid) throws IOException;

  /// How messages call an object.
  String shown(String key);

  @Override
  void close() throws IOException;
}
