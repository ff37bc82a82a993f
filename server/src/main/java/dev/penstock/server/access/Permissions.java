package dev.penstock.server.access;

import static java.util.Objects.requireNonNull;

import dev.penstock.flow.store.Role;
import dev.penstock.server.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which role and scope each route needs, and what is noted of a change: the one table of it,
/// `permissions.txt`. Safe for use by several threads.
public final class Permissions {
  private static final String ANYONE = "anyone";

  /// What no key with scopes may ask for.
  static final String NONE = "-";

  /// What each may.
  static final String EACH = "*";

  private final Map<String, Needed> table = new LinkedHashMap<>();

  /// What a route needs.
  ///
  /// @param role null for anyone
  /// @param scope of keys that have not all that their role may; [#NONE] and [#EACH] are no words
  /// @param action what it does, for the audit log; empty when nothing is noted
  /// @param noted fields whose values are noted too
  record Needed(@Nullable Role role, String scope, String action, List<String> noted) {}

  public Permissions() {
    try (InputStream table =
        requireNonNull(Permissions.class.getResourceAsStream("permissions.txt"))) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] words = line.split(" +", 5);
    String rest = words.length == 5 ? words[4] : "";
    int bracket = rest.indexOf('[');
    Role role = words[0].equals(ANYONE) ? null : Role.of(words[0]);
    List<String> noted =
        bracket < 0
            ? List.of()
            : List.of(rest.substring(bracket + 1, rest.length() - 1).split(" "));
    String action = bracket < 0 ? rest : rest.substring(0, bracket);
    table.put(words[2] + " " + words[3], new Needed(role, words[1], action.strip(), noted));
  }

  Needed of(@Nullable Route route) {
    if (route == null) {
      return new Needed(Role.VIEWER, EACH, "", List.of());
    }
    return table.getOrDefault(name(route), new Needed(Role.ADMIN, NONE, "", List.of()));
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }

  /// All scopes by name, with the roles that their routes need.
  public NavigableMap<String, NavigableSet<Role>> scopes() {
    NavigableMap<String, NavigableSet<Role>> scopes = new TreeMap<>();
    for (Needed needed : table.values()) {
      if (needed.role() != null && !Set.of(NONE, EACH).contains(needed.scope())) {
        scopes.computeIfAbsent(needed.scope(), _ -> new TreeSet<>()).add(needed.role());
      }
    }
    return scopes;
  }

  /// Who may ask for a route, for the tests of who may.
  ///
  /// @param role null for anyone
  public record Scoped(@Nullable Role role, String scope) {}

  public Scoped scoped(Route route) {
    Needed needed = of(route);
    return new Scoped(needed.role(), needed.scope());
  }

  /// The routes that there is a line for, for the test of the table.
  public Set<String> known() {
    return table.keySet();
  }
}
