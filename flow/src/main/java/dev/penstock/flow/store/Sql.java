package dev.penstock.flow.store;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/// How statements are written: with named parameters, and nothing else put into them.
final class Sql {
  private Sql() {}

  static Jdbi over(DataSource connections) {
    return configured(Jdbi.create(connections));
  }

  static Jdbi over(Connection connection) {
    return configured(Jdbi.create(connection));
  }

  private static Jdbi configured(Jdbi jdbi) {
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi;
  }
}
