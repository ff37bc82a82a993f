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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which role each route needs, and what is noted of a change: the one table of it,
/// `permissions.txt`.
public final class Permissions {
  private static final String ANYONE = "anyone";

  private final Map<String, Needed> table = new LinkedHashMap<>();

  /// What a route needs.
  ///
  /// @param role null for anyone
  /// @param action what it does, for the audit log; empty when nothing is noted
  /// @param noted fields whose values are noted too
  record Needed(@Nullable Role role, String action, List<String> noted) {}

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
    String[] words = line.split(" +", 4);
    String rest = words.length == 4 ? words[3] : "";
    int bracket = rest.indexOf('[');
    Role role = words[0].equals(ANYONE) ? null : Role.of(words[0]);
    List<String> noted =
        bracket < 0
            ? List.of()
            : List.of(rest.substring(bracket + 1, rest.length() - 1).split(" "));
    String action = bracket < 0 ? rest : rest.substring(0, bracket);
    table.put(words[1] + " " + words[2], new Needed(role, action.strip(), noted));
  }

  Needed of(@Nullable Route route) {
    Role least = route == null ? Role.VIEWER : Role.ADMIN;
    Needed needed = route == null ? null : table.get(name(route));
    return needed == null ? new Needed(least, "", List.of()) : needed;
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }

  /// The routes that there is a line for, for the test of the table.
  public Set<String> known() {
    return table.keySet();
  }
}
