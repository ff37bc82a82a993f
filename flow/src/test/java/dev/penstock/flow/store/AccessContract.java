package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.LoginAttempts.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may use the server, in every store.
abstract class AccessContract extends StoreContract {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aUserIsFoundWhateverTheCaseOfTheName() {
    assertThat(store.users().any()).isFalse();
    assertThat(store.users().create("Ana@Example.org", Role.OPERATOR, "hash")).isTrue();
    assertThat(store.users().create("ana@example.ORG", Role.ADMIN, "other")).isFalse();
    assertThat(store.users().find("ANA@example.org"))
        .hasValueSatisfying(ana ->
            assertThat(ana)
                .returns("ana@example.org", User::name)
                .returns(Role.OPERATOR, User::role));
    assertThat(store.users().password("Ana@example.org")).contains("hash");
    assertThat(store.users().any()).isTrue();
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    for (String name : List.of("", " ana", "a/b", "-a", "a".repeat(129))) {
      assertThatThrownBy(() -> store.users().create(name, Role.VIEWER, "hash"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"" + name + "\"");
    }
  }

  @Test
  void aSessionIsWhoeverBeganItAsTheyAreNow() {
    store.users().create("ana", Role.VIEWER, "hash");
    store.loginSessions().open("token", "Ana", DAY);
    assertThat(store.loginSessions().use("token", HOUR)).map(User::role).contains(Role.VIEWER);
    assertThat(store.users().setRole("ana", Role.ADMIN)).isTrue();
    assertThat(another().loginSessions().use("token", HOUR)).map(User::role).contains(Role.ADMIN);
    assertThat(store.loginSessions().use("other", HOUR)).isEmpty();
    store.loginSessions().close("token");
    assertThat(store.loginSessions().use("token", HOUR)).isEmpty();
  }

  @Test
  void aSessionEndsByItsAgeByIdlenessByAnotherPasswordAndWithItsUser() {
    store.users().create("ana", Role.VIEWER, "hash");
    store.loginSessions().open("short", "ana", Duration.ZERO);
    assertThat(store.loginSessions().use("short", HOUR)).isEmpty();
    store.loginSessions().open("idle", "ana", DAY);
    assertThat(store.loginSessions().use("idle", Duration.ZERO)).isEmpty();
    assertThat(store.loginSessions().use("idle", HOUR)).isPresent();
    assertThat(store.users().setPassword("ana", "new")).isTrue();
    assertThat(store.loginSessions().use("idle", HOUR)).isEmpty();
    store.loginSessions().open("gone", "ana", DAY);
    assertThat(store.users().delete("Ana")).isTrue();
    assertThat(store.loginSessions().use("gone", HOUR)).isEmpty();
    assertThat(store.users().delete("ana")).isFalse();
  }

  @Test
  void attemptsAreCountedBeforeTheyAreMadeAndForgottenAfterTheWindow() {
    LoginAttempts attempts = store.loginAttempts(HOUR);
    Subject name = new Subject("name ana", 2);
    Subject address = new Subject("address ::1", 4);
    List<Subject> both = List.of(name, address);
    assertThat(attempts.begin(both)).isTrue();
    assertThat(another().loginAttempts(HOUR).begin(both)).isTrue();
    assertThat(attempts.begin(both)).as("by the name").isFalse();
    assertThat(attempts.begin(List.of(new Subject("name bob", 2), address))).isTrue();
    assertThat(attempts.begin(List.of(new Subject("name cleo", 2), address)))
        .as("by the address")
        .isFalse();
    assertThat(store.loginAttempts(Duration.ZERO).begin(both)).as("another window").isTrue();
  }

  @Test
  void aRightAttemptIsNotHeldAgainstAnybody() {
    LoginAttempts attempts = store.loginAttempts(HOUR);
    Subject name = new Subject("name ana", 1);
    Subject address = new Subject("address ::1", 1);
    for (int i = 0; i < 3; i++) {
      assertThat(attempts.begin(List.of(name, address))).isTrue();
      attempts.succeeded(name, address);
    }
  }

  @Test
  void aKeyIsFoundByItsHashUntilItExpiresOrIsRevoked() {
    ApiKeys keys = store.apiKeys();
    assertThat(
            keys.create(
                new ApiKeys.NewKey("ci", "h1", Role.OPERATOR, List.of("runs:read"), "ana", DAY)))
        .isTrue();
    assertThat(keys.create(new ApiKeys.NewKey("ci", "h2", Role.ADMIN, List.of(), "ana", null)))
        .isFalse();
    keys.create(
        new ApiKeys.NewKey("brief", "h3", Role.VIEWER, List.of(), "ana", Duration.ofNanos(1000)));
    assertThat(keys.use("h1")).map(ApiKey::role).contains(Role.OPERATOR);
    assertThat(keys.list())
        .extracting(ApiKey::scopes)
        .containsExactly(List.of(), List.of("runs:read"));
    assertThat(keys.use("h2")).isEmpty();
    assertThat(keys.list()).extracting(ApiKey::name).containsExactly("brief", "ci");
    assertThat(keys.list().getLast().used()).isNotNull();
    assertThat(keys.list().getLast().expires()).isAfter(Instant.now());
    awaitExpiry(keys);
    assertThat(keys.revoke("ci")).isTrue();
    assertThat(keys.use("h1")).isEmpty();
    assertThat(keys.revoke("ci")).isFalse();
  }

  private static void awaitExpiry(ApiKeys keys) {
    while (keys.use("h3").isPresent()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void changesAreListedTheNewestFirstPageByPage() {
    for (int i = 0; i < 3; i++) {
      store.auditLog().write(new AuditEntry.Draft("ana", "cancel", "run " + i, "::1"));
    }
    List<AuditEntry> first = store.auditLog().list(Long.MAX_VALUE, 2);
    assertThat(first).extracting(AuditEntry::subject).containsExactly("run 2", "run 1");
    assertThat(store.auditLog().list(first.getLast().id(), 2))
        .extracting(AuditEntry::subject)
        .containsExactly("run 0");
    store.auditLog().write(new AuditEntry.Draft("a", "b", "x".repeat(5000), "::1"));
    assertThat(store.auditLog().list(Long.MAX_VALUE, 1).getFirst().subject()).hasSize(1000);
  }
}
