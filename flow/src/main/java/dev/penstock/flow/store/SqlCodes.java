package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The SQL of [Codes].
final class SqlCodes implements Codes {
  private final Database database;

  SqlCodes(Database database) {
    this.database = database;
  }

  @Override
  public Optional<DeployedCode> find(String version) {
    return database.read(tx ->
        tx.query("SELECT * FROM code WHERE version = :version")
            .bind("version", version)
            .map(SqlCodes::read)
            .findOne());
  }

  static void keep(Tx tx, DeployedCode code) {
    Columns columns = Columns.of(code);
    tx.update(
            """
            INSERT INTO code (version, kind, entry, place, pin, content, created_at)
            VALUES (:version, :kind, :entry, :place, :pin, :content, :now)
            ON CONFLICT (version) DO UPDATE SET kind = excluded.kind, entry = excluded.entry,
              place = excluded.place, pin = excluded.pin, content = excluded.content
            """)
        .bind("version", code.version())
        .bind("kind", columns.kind())
        .bind("entry", columns.entry())
        .bind("place", columns.place())
        .bind("pin", columns.pin())
        .bind("content", columns.content())
        .bind("now", tx.now())
        .execute();
  }

  /// Deletes versions that nothing refers to any more.
  static void dropUnused(Tx tx) {
    tx.update(
            """
            DELETE FROM code WHERE version NOT IN (SELECT version FROM deployment)
              AND NOT EXISTS (SELECT 1 FROM flow_run WHERE flow_run.version = code.version
                AND state_type NOT IN ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED'))
            """)
        .execute();
  }

  private static DeployedCode read(ResultSet row) throws SQLException {
    String version = row.getString("version");
    String entry = row.getString("entry");
    String kind = row.getString("kind");
    return switch (kind) {
      case "SOURCE" -> new DeployedCode.Source(version, entry, row.getString("content"));
      case "JAR" ->
          new DeployedCode.Jar(version, row.getString("place"), row.getString("pin"), entry);
      case "GIT" ->
          new DeployedCode.Git(version, row.getString("place"), row.getString("pin"), entry);
      default -> throw new IllegalStateException("unknown kind of code: " + kind);
    };
  }

  /// @param entry of a jar the class, else the file
  /// @param place of a jar its path, of Git the URL
  /// @param pin of a jar its hash, of Git the commit
  private record Columns(
      String kind,
      String entry,
      @Nullable String place,
      @Nullable String pin,
      @Nullable String content) {
    static Columns of(DeployedCode code) {
      return switch (code) {
        case DeployedCode.Source source ->
            new Columns("SOURCE", source.file(), null, null, source.text());
        case DeployedCode.Jar jar -> new Columns("JAR", jar.type(), jar.path(), jar.hash(), null);
        case DeployedCode.Git git -> new Columns("GIT", git.path(), git.url(), git.commit(), null);
      };
    }
  }
}
