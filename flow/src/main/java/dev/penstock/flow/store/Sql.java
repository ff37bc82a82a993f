package dev.penstock.flow.store;

import java.sql.Connection;
import java.sql.Types;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
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

  /// A pattern of texts that contain this one, for `LIKE … ESCAPE '!'`.
  static String containing(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  private static Jdbi configured(Jdbi jdbi) {
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi.registerArgument(new Texts());
  }

  /// Texts without the character NUL, which PostgreSQL refuses: a line of a log that has one must
  /// not be lost for that.
  private static final class Texts extends AbstractArgumentFactory<String> {
    Texts() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      String text = value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
      return (position, statement, _) -> statement.setString(position, text);
    }
  }
}
