package dev.penstock.http;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where downloads are kept that were given no place: a directory for each URL, so that the file
/// can have the name that the URL gives it.
final class DownloadCache {
  private static final int LONGEST_NAME = 100;
  private static final int BUFFER = 1024 * 1024;

  private DownloadCache() {}

  static Path defaultDirectory() {
    String home = System.getenv("PENSTOCK_HOME");
    return home == null || home.isBlank()
        ? Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("penstock-" + System.getProperty("user.name"))
            .resolve("downloads")
        : Path.of(home).resolve("downloads");
  }

  static Path file(Path directory, URI uri) {
    return directory.resolve(digest(uri).substring(0, 16)).resolve(fileName(uri));
  }

  /// The last part of the URL's path, in characters that every file system takes.
  static String fileName(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._=-]", "_");
    String visible = name.replaceFirst("^\\.+", "");
    return visible.isEmpty()
        ? "download"
        : visible.substring(Math.max(0, visible.length() - LONGEST_NAME));
  }

  /// The URL's SHA-256, to tell URLs apart without keeping what may be secret in them.
  static String digest(URI uri) {
    byte[] bytes = uri.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /// The SHA-256 of a file, in hexadecimal digits.
  static String sha256(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return sha256(channel);
    }
  }

  static String sha256(FileChannel channel) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long at = 0; channel.read(buffer, at) >= 0; ) {
      at += buffer.position();
      digest.update(buffer.flip());
      buffer.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
