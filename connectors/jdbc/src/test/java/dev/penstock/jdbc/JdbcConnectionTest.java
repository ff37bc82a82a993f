package dev.penstock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionResolver;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcConnectionTest {
  private static final String PASSWORD = "correct-horse";

  private final ChattyDriver driver = new ChattyDriver();

  /// Knows one connection, as a store would.
  public static final class Stored implements ConnectionResolver {
    @Override
    public Optional<ConnectionSettings> resolve(String name) {
      return name.equals("stored-shop")
          ? Optional.of(
              new JdbcConnection(
                      "jdbc:chatty:shop", "me", Secret.of(PASSWORD), Map.of("timeout", "5"))
                  .connection())
          : Optional.empty();
    }
  }

  /// A driver that tells in its messages all that it was given.
  private static final class ChattyDriver implements Driver {
    private Properties given = new Properties();

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
      if (!acceptsURL(url)) {
        return null;
      }
      given = properties;
      throw new SQLException("no " + url + " for " + properties);
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:chatty:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  @BeforeEach
  void register() throws SQLException {
    DriverManager.registerDriver(driver);
  }

  @AfterEach
  void deregister() throws SQLException {
    DriverManager.deregisterDriver(driver);
  }

  @Test
  void aStoredConnectionHandsItsDriverAllAndShowsNoPassword() {
    Throwable failure =
        catchThrowable(() -> Jdbc.rows(new ConnectionName("stored-shop"), "SELECT 1"));

    assertThat(driver.given)
        .containsEntry("user", "me")
        .containsEntry("password", PASSWORD)
        .containsEntry("timeout", "5");
    StringWriter shown = new StringWriter();
    failure.printStackTrace(new PrintWriter(shown));
    assertThat(shown.toString())
        .contains("cannot connect to stored-shop (jdbc:chatty:shop): no jdbc:chatty:shop for ")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aUrlThatHoldsASecretOrIsNoneOfADatabaseIsRefused() {
    assertThatThrownBy(
            () -> new JdbcConnection("jdbc:x://h/d?user=a&password=" + PASSWORD, null, null, null))
        .hasMessage(
            "the URL of a stored connection must not hold a secret, was"
                + " jdbc:x://h/d?user=a&password=***: give the password by itself");
    assertThatThrownBy(() -> new JdbcConnection("https://h", null, null, null))
        .hasMessage("the URL of a database must begin with \"jdbc:\", was https://h");
  }

  @Test
  void theModuleBringsItsBlockType() {
    assertThat(new JdbcBlocks().blockTypes())
        .singleElement()
        .satisfies(type -> {
          assertThat(type.slug()).isEqualTo("jdbc-connection");
          assertThat(type.secrecy())
              .isEqualTo(
                  Map.of("url", false, "user", false, "password", true, "properties", false));
        });
  }
}
