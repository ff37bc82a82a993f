package dev.penstock.flow.vault;

import dev.penstock.flow.store.PostgresStores;
import dev.penstock.flow.store.StoreUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

class PostgresVaultTest extends VaultContract {

  @Override
  StoreUrl url() {
    return PostgresStores.empty("vault");
  }

  /// All rows of all tables.
  @Override
  String everythingIn(StoreUrl url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url.value());
        var statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery("SELECT schema_to_xml('public', true, false, '')::text")) {
      all.next();
      return all.getString(1);
    }
  }
}
