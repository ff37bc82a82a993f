package dev.penstock.server.access;

import dev.penstock.data.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Hashes of passwords by Argon2id, as texts that say how they were made, so that later ones may
/// cost more.
public final class Passwords {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 1000;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int SALT = 16;
  private static final int HASH = 32;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{1,5}),t=([1-9]\\d?),p=1"
              + "\\$((?:[A-Za-z0-9+/]{4}){2,16}(?:[A-Za-z0-9+/]{2,3})?)\\$([A-Za-z0-9+/]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Each hash takes its memory: however many log in, only so many are made at once.
  private static final Semaphore AT_ONCE = new Semaphore(2);

  private Passwords() {}

  /// The hash of a new password.
  ///
  /// @throws IllegalArgumentException when it is too short or too long
  public static String hash(Secret password) {
    int length = password.reveal().length();
    if (length < SHORTEST || length > LONGEST) {
      throw new IllegalArgumentException(
          "a password has from "
              + SHORTEST
              + " to 1,000 characters, this one has "
              + length
              + ": a few words do well");
    }
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            MEMORY_KIB,
            PASSES,
            base64.encodeToString(salt),
            base64.encodeToString(argon2(password.reveal(), salt, MEMORY_KIB, PASSES, HASH)));
  }

  /// Whether a password is the one that a hash was made of; none is that of another text.
  static boolean matches(String hash, String password) {
    Matcher parts = TEXT.matcher(hash);
    if (!parts.matches()) {
      pretend(password);
      return false;
    }
    if (password.length() > LONGEST) {
      return false;
    }
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] salt = base64.decode(parts.group(3));
    byte[] wanted = base64.decode(parts.group(4));
    int memory = Integer.parseInt(parts.group(1));
    int passes = Integer.parseInt(parts.group(2));
    return MessageDigest.isEqual(wanted, argon2(password, salt, memory, passes, wanted.length));
  }

  /// Takes as long as [#matches] does, for a name that nobody has: the time of an answer must not
  /// tell who there is.
  static void pretend(String password) {
    if (password.length() <= LONGEST) {
      argon2(password, new byte[SALT], MEMORY_KIB, PASSES, HASH);
    }
  }

  private static byte[] argon2(String password, byte[] salt, int memory, int passes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    AT_ONCE.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      AT_ONCE.release();
    }
    return hash;
  }
}
