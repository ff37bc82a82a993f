package dev.penstock.http;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is read of an API.
///
/// @param parameters of the URL, for all pages
/// @param itemsAt a JSON pointer to the items of a page
/// @param lines whether a page is lines of JSON
/// @param since null to read all, always
record Reading(
    Paging paging,
    Map<String, String> parameters,
    String itemsAt,
    boolean lines,
    @Nullable Since since)
    implements Serializable {
  static final Reading ALL = new Reading(new Paging.Single(), Map.of(), "", false, null);

  Reading {
    parameters = new LinkedHashMap<>(parameters);
  }

  Reading paging(Paging other) {
    if (!(paging instanceof Paging.Single)) {
      throw new IllegalStateException("how pages follow each other is said already: " + paging);
    }
    return new Reading(other, parameters, itemsAt, lines, since);
  }

  Reading parameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Reading(paging, more, itemsAt, lines, since);
  }

  Reading itemsAt(String pointer) {
    return new Reading(paging, parameters, pointer, lines, since);
  }

  Reading asLines() {
    return new Reading(paging, parameters, itemsAt, true, since);
  }

  Reading since(Since other) {
    return new Reading(paging, parameters, itemsAt, lines, other);
  }
}
