package dev.penstock.testkit.stores;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a bucket holds: objects, and uploads that are not completed. Safe for use by several
/// threads.
public final class Bucket {
  private final @Nullable KeptBucket kept;
  private long generation;
  private final TreeMap<String, Stored> objects = new TreeMap<>();
  private final Map<String, Pending> uploads = new TreeMap<>();

  /// @param kept keeps what the bucket holds, and has kept it; null for a bucket in memory
  Bucket(@Nullable KeptBucket kept) {
    this.kept = kept;
    if (kept != null) {
      kept.load((key, content, etag) -> objects.put(key, stored(content, etag)), uploads::put);
    }
  }

  /// An object.
  ///
  /// @param generation greater for each that is stored
  public record Stored(byte[] content, String etag, Instant modified, long generation) {}

  /// An upload.
  public record Pending(String key, Map<Integer, Part> parts) {}

  public record Part(byte[] content, String etag) {
    static Part of(byte[] content) {
      return new Part(content, Bucket.etag(content));
    }
  }

  public static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private Stored stored(byte[] content, String etag) {
    return new Stored(content, etag, Instant.now(), ++generation);
  }

  private static String etag(byte[] content) {
    return '"' + md5(content) + '"';
  }

  /// As S3 marks what it has made of parts: by the hash of their hashes.
  private static String etag(List<String> parts) {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    parts.forEach(etag -> hashes.writeBytes(HexFormat.of().parseHex(etag.replace("\"", ""))));
    return '"' + md5(hashes.toByteArray()) + "-" + parts.size() + '"';
  }

  private Stored store(String key, byte[] content, String etag) {
    if (kept != null) {
      kept.store(key, content, etag);
    }
    Stored stored = stored(content, etag);
    objects.put(key, stored);
    return stored;
  }

  public synchronized @Nullable Stored get(String key) {
    return objects.get(key);
  }

  /// @return null when there is one and there must not be
  public synchronized @Nullable Stored put(String key, byte[] content, boolean mustBeNew) {
    if (mustBeNew && objects.containsKey(key)) {
      return null;
    }
    return store(key, content, etag(content));
  }

  public synchronized void delete(String key) {
    if (kept != null) {
      kept.delete(key);
    }
    objects.remove(key);
  }

  /// The objects behind a key, at most so many.
  public synchronized List<Map.Entry<String, Stored>> list(String prefix, String after, int most) {
    List<Map.Entry<String, Stored>> page = new ArrayList<>();
    for (Map.Entry<String, Stored> each : objects.tailMap(prefix, true).entrySet()) {
      if (!each.getKey().startsWith(prefix) || page.size() == most) {
        break;
      }
      if (each.getKey().compareTo(after) > 0) {
        page.add(Map.entry(each.getKey(), each.getValue()));
      }
    }
    return page;
  }

  public synchronized String begin(String key) {
    String id = UUID.randomUUID().toString();
    if (kept != null) {
      kept.begin(id, key);
    }
    uploads.put(id, new Pending(key, new TreeMap<>()));
    return id;
  }

  /// @return its tag; null when there is no such upload
  public synchronized @Nullable String part(String upload, String key, int number, byte[] content) {
    Pending pending = uploads.get(upload);
    if (pending == null || !pending.key().equals(key)) {
      return null;
    }
    if (kept != null) {
      kept.part(upload, number, content);
    }
    Part part = Part.of(content);
    pending.parts().put(number, part);
    return part.etag();
  }

  /// @param etags of the parts, in their order
  ///
  /// @return null when there is no such upload
  /// @throws IllegalArgumentException when a part is not there
  public synchronized @Nullable Stored complete(String upload, String key, List<String> etags) {
    Pending pending = uploads.get(upload);
    if (pending == null || !pending.key().equals(key)) {
      return null;
    }
    List<byte[]> contents = new ArrayList<>();
    int size = 0;
    for (String etag : etags) {
      Part part = pending.parts().get(contents.size() + 1);
      if (part == null || !part.etag().equals(etag)) {
        throw new IllegalArgumentException("part " + (contents.size() + 1) + " is not " + etag);
      }
      contents.add(part.content());
      size += part.content().length;
    }
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] content : contents) {
      System.arraycopy(content, 0, whole, at, content.length);
      at += content.length;
    }
    Stored stored = store(key, whole, etag(etags));
    end(upload);
    return stored;
  }

  public synchronized boolean abort(String upload) {
    return end(upload);
  }

  private boolean end(String upload) {
    if (kept != null && uploads.containsKey(upload)) {
      kept.end(upload);
    }
    return uploads.remove(upload) != null;
  }

  public synchronized Map<String, Pending> uploads() {
    return new TreeMap<>(uploads);
  }
}
