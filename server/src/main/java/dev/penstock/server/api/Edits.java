package dev.penstock.server.api;

import dev.penstock.flow.store.AuditEntry;
import dev.penstock.flow.store.AuditLog;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Saves what two people may edit: whoever sends a change says by `If-Match` what it is to be in
/// place of, and it is not done when somebody has changed that meanwhile.
final class Edits {
  /// Among so many of the newest changes is looked for who has made the last one.
  private static final int RECENT = 500;

  private static final String ANY = "*";

  private final AuditLog auditLog;

  Edits(AuditLog auditLog) {
    this.auditLog = auditLog;
  }

  /// What is edited.
  ///
  /// @param noun as the audit log has it: `variable`
  /// @param names that its paths and notes have
  record Thing(String noun, List<String> names) {
    /// `variable region`.
    String title() {
      return noun + " " + String.join("/", names);
    }

    private boolean changedBy(AuditEntry entry) {
      return entry.action().endsWith(" " + noun)
          && names.stream()
              .allMatch(name ->
                  Pattern.compile("(^|[/ ])" + Pattern.quote(name) + "($|[/ ])")
                      .matcher(entry.subject())
                      .find());
    }
  }

  /// Saves it, if it is as whoever asks has seen it.
  ///
  /// @param find what is there
  /// @param etag of that
  /// @param write saves over what is there, and says whether it still was
  /// @throws Refused 412 when it is another, 428 when they do not say what they have seen
  <T> void save(
      Request request,
      Thing thing,
      Supplier<Optional<T>> find,
      Function<T, String> etag,
      Predicate<Optional<T>> write) {
    Optional<T> there;
    do {
      there = find.get();
      check(request, thing, there.map(etag).orElse(null));
    } while (!write.test(there)); // somebody was faster: what is there now may do as well
  }

  private void check(Request request, Thing thing, @Nullable String there) {
    Optional<String> seen = request.header().apply("if-match");
    if (seen.isPresent() && !matches(seen.get(), there)) {
      String now = there == null ? " is not there" : " has changed since it was read";
      throw changed(thing, thing.title() + now);
    }
    if (request.header().apply("if-none-match").filter(each -> matches(each, there)).isPresent()) {
      throw changed(thing, thing.title() + " is there already");
    }
    if (there != null && seen.isEmpty()) {
      throw new Refused(
          428,
          "Say what this is in place of",
          thing.title()
              + " is there already: read it, and send its ETag as If-Match; If-Match: * saves over"
              + " whatever is there",
          List.of());
    }
  }

  private static boolean matches(String seen, @Nullable String there) {
    return there != null
        && Arrays.stream(seen.split(","))
            .map(each -> each.strip().replaceAll("^\"|\"$", ""))
            .anyMatch(each -> each.equals(ANY) || there.equals("\"" + each + "\""));
  }

  private Refused changed(Thing thing, String what) {
    String by =
        auditLog.list(Long.MAX_VALUE, RECENT).stream()
            .filter(thing::changedBy)
            .findFirst()
            .map(entry -> " (" + entry.actor() + ": " + entry.action() + ", " + entry.at() + ")")
            .orElse("");
    return new Refused(
        412,
        "It is not as you have seen it",
        what + by + ": read it again, and send its ETag as If-Match",
        List.of());
  }
}
