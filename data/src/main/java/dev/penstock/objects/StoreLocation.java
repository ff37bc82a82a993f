package dev.penstock.objects;

import dev.penstock.data.ConnectionName;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where objects are: a bucket or a prefix in it, like `s3://lake/trips`, or a local directory. An
/// address only, so that a plan carries no secret. What is a bucket elsewhere is an account and a
/// container in Azure: `az://account/container/trips`.
///
/// @param text as the user wrote it, without a slash at its end; what Azure itself calls
///   `https://account.blob.core.windows.net/…` as `az://account/…`
/// @param connection who may read and write it; null when the environment tells
public record StoreLocation(String text, @Nullable ConnectionName connection)
    implements Serializable {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<scheme>[a-z][a-z0-9+.-]*)://(?<bucket>(?<=^az://)[^/]*(?:/[^/]*)?|(?<!^az://)[^/]*)(?<prefix>/.*)?",
          Pattern.DOTALL);
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern CONTAINER =
      Pattern.compile("[a-z0-9]{3,24}/(?:[a-z0-9][a-z0-9-]{1,61}[a-z0-9]|[$]root|[$]web)");
  private static final Pattern OF_AZURE =
      Pattern.compile("^https://(?<account>[a-z0-9]+)[.]blob[.]core[.]windows[.]net/");

  public StoreLocation {
    text = OF_AZURE.matcher(text).replaceFirst("az://${account}/");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a location must not be empty");
    }
    Matcher address = ADDRESS.matcher(text);
    if (address.matches()) {
      String bucket = address.group("bucket");
      boolean isAzure = address.group("scheme").equals("az");
      if (!(isAzure ? CONTAINER : BUCKET).matcher(bucket).matches()) {
        throw new IllegalArgumentException(
            isAzure
                ? "an address in Azure begins with az://account/container, in small letters and digits, was "
                    + text
                : "the name of a bucket is letters, digits, dots, hyphens and underscores, was \"%s\" in %s"
                    .formatted(bucket, text));
      }
      text = text.replaceFirst("/+$", "");
    }
  }

  /// A bucket with a prefix, or a local directory.
  public static StoreLocation of(String text) {
    return new StoreLocation(text, null);
  }

  public static StoreLocation of(Path directory) {
    return of(directory.toString());
  }

  /// Whether a text names a bucket, and no local path.
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /// The same place, reached by a connection.
  public StoreLocation by(ConnectionName connection) {
    return new StoreLocation(text, connection);
  }

  /// What is below it.
  public StoreLocation at(String key) {
    return key.isEmpty()
        ? this
        : new StoreLocation(text.replaceFirst("/$", "") + "/" + key, connection);
  }

  public boolean isLocal() {
    return !isAddress(text);
  }

  /// Of one that is not local.
  public String scheme() {
    return part("scheme");
  }

  /// Of one that is not local: the bucket, in Azure `account/container`.
  public String bucket() {
    return part("bucket");
  }

  /// Of one that is not local: what its keys begin with in the bucket; empty for the whole bucket.
  public String prefix() {
    String prefix = part("prefix");
    return prefix.isEmpty() ? "" : prefix.substring(1) + "/";
  }

  /// The bucket itself.
  public StoreLocation whole() {
    return new StoreLocation(scheme() + "://" + bucket(), connection);
  }

  private String part(String group) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalStateException(text + " is a local directory");
    }
    String part = address.group(group);
    return part == null ? "" : part;
  }

  /// Where the object lies that this is the address of; its key there is the [#name].
  public StoreLocation parent() {
    Path parent = isLocal() ? path().getParent() : null;
    return isLocal()
        ? new StoreLocation(String.valueOf(parent), connection)
        : new StoreLocation(text.substring(0, text.lastIndexOf('/')), connection);
  }

  /// The last part of the address.
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /// Opens the object that this is the address of.
  ///
  /// @throws NoSuchObject when there is none
  public ReadableObject read() throws IOException {
    try (ObjectStore store = ObjectStore.open(parent())) {
      return store.read(name());
    }
  }

  /// Of a local one.
  public Path path() {
    return Path.of(text).toAbsolutePath().normalize();
  }

  /// As messages show it: a path relative to the working directory, if it lies there.
  public String shown() {
    if (!isLocal()) {
      return text;
    }
    Path here = Path.of("").toAbsolutePath();
    Path path = path();
    return path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
