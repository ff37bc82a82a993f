package dev.penstock.objects.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The marks by which S3 tells contents apart.
final class ETags {
  private static final String MD5 = "[0-9a-f]{32}";

  private ETags() {}

  /// Whether an object can be the one that an upload of these parts has made: of parts that are
  /// hashed by MD5, the object's is the hash of their hashes. With other kinds, as S3 gives for
  /// what it encrypts by keys of its own, nobody can tell, and this is true.
  static boolean mayBe(String object, List<String> parts) {
    List<String> hashes = parts.stream().map(ETags::bare).toList();
    boolean known = hashes.stream().allMatch(hash -> hash.matches(MD5));
    return !known || !bare(object).matches(MD5 + "(-\\d+)?") || bare(object).equals(whole(hashes));
  }

  private static String whole(List<String> hashes) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      hashes.forEach(hash -> md5.update(HexFormat.of().parseHex(hash)));
      return HexFormat.of().formatHex(md5.digest()) + "-" + hashes.size();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
