package dev.penstock.flow.store;

import dev.penstock.testkit.Postgres;

/// Stores of the PostgreSQL server for tests.
public final class PostgresStores {
  private PostgresStores() {}

  /// Holds the store that the others are copies of.
  private static final class Empty {
    static final String URL = migrated();

    private static String migrated() {
      String url = Postgres.newDatabase("empty");
      Store.open(new StoreUrl(url)).close();
      return url;
    }
  }

  /// A store with its tables and nothing in them.
  ///
  /// @param name begins the name of its database
  public static StoreUrl empty(String name) {
    return new StoreUrl(Postgres.newDatabase(name, Empty.URL));
  }
}
