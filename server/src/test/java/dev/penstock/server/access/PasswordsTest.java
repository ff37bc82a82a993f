package dev.penstock.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final String PASSWORD = "correct horse bättery";

  @Test
  void aHashSaysHowItWasMadeAndIsAnotherEachTime() {
    String hash = Passwords.hash(Secret.of(PASSWORD));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
    assertThat(Passwords.hash(Secret.of(PASSWORD))).isNotEqualTo(hash);
    assertThat(Passwords.matches(hash, PASSWORD)).isTrue();
    assertThat(Passwords.matches(hash, PASSWORD + " ")).isFalse();
    assertThat(Passwords.matches(hash, "x".repeat(1_000_000))).isFalse();
  }

  /// From the reference implementation: `argon2 somesalt -id -t 2 -k 65536 -p 1` of "password".
  @Test
  void aHashOfAnotherProgramIsKnown() {
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(Passwords.matches(hash, "password")).isTrue();
    assertThat(Passwords.matches(hash, "passwort")).isFalse();
  }

  @Test
  void nothingIsThePasswordOfATextThatIsNoHash() {
    String salt = "c29tZXNhbHQ";
    String hash = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    for (String text :
        List.of(
            "",
            "plain",
            "$argon2id$v=19$m=2147483647,t=2,p=1$" + salt + "$" + hash,
            "$argon2id$v=19$m=65536,t=0,p=1$" + salt + "$" + hash,
            "$argon2id$v=19$m=1,t=2,p=1$" + salt + "$" + hash,
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZ$" + hash,
            "$argon2id$v=19$m=65536,t=2,p=1$" + salt + "$CTFh")) {
      assertThat(Passwords.matches(text, text)).as(text).isFalse();
    }
  }

  @Test
  void onesThatAreTooShortOrTooLongAreRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> Passwords.hash(Secret.of("short")))
        .hasMessage(
            "a password has from 10 to 1,000 characters, this one has 5: a few words do well");
    assertThatThrownBy(() -> Passwords.hash(Secret.of("x".repeat(1001))))
        .hasMessageContaining("1001");
  }
}
