package dev.penstock.http;

import dev.penstock.pipeline.plan.Fn;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How requests are made of records.
///
/// @param path of all, or of each record
/// @param member of an object that arrays are put in; null for none
/// @param key by which a server knows a record that it has had before; null for none
record Letters<T>(
    String method,
    Class<T> type,
    String path,
    @Nullable Fn<? super T, String> pathOf,
    BodyFormat format,
    @Nullable String member,
    @Nullable Fn<? super T, String> key)
    implements Serializable {
  private static final String KEY = "Idempotency-Key";

  Letters {
    var unused = BodyFormat.json(type); // says now what it cannot hold
  }

  /// A request of some records.
  ///
  /// @param many whether they are sent as an array, also where it is one
  /// @throws Exception what the user's functions throw
  Api.Request letter(Api api, List<? extends T> records, boolean many) throws Exception {
    Function<T, byte[]> json = BodyFormat.json(type);
    List<byte[]> objects = new ArrayList<>(records.size());
    for (T record : records) {
      objects.add(json.apply(record));
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", format.contentType);
    headers.put("Accept", "application/json, */*;q=0.5");
    if (key != null) {
      headers.put(KEY, keyOf(records, key));
    }
    String to = pathOf == null ? path : path + pathOf.apply(records.getFirst());
    return new Api.Request(method, api.uri(to), headers, format.body(objects, many, member));
  }

  /// That of several records is a digest of theirs, so that the same batch has the same key again.
  private static <T> String keyOf(List<? extends T> records, Fn<? super T, String> key)
      throws Exception {
    if (records.size() == 1) {
      return key.apply(records.getFirst());
    }
    MessageDigest digest = sha256();
    for (T record : records) {
      digest.update(key.apply(record).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
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

  /// Whether an answer means that it is a record that the server will not have.
  boolean isRefusal(HttpFailed failure) {
    return switch (failure.status().orElse(0)) {
      case 400, 409, 413, 422 -> true;
      case 404, 410 -> pathOf != null;
      default -> false;
    };
  }
}
