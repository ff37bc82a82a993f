package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.RecordType;
import dev.penstock.jdbc.LoadSettings.Mode;
import dev.penstock.pipeline.connector.Fenced;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a [TableWriter] loads, and what it does with it then.
///
/// @param target the table that was asked for
/// @param into the table that is loaded
/// @param settings with the names of the table's columns
/// @param end what is done before a commit
record LoadPlan<T>(LoadTarget<T> target, LoadTarget<T> into, LoadSettings settings, End end) {

  /// What is done before a commit.
  enum End {
    /// Nothing: the table itself was loaded.
    NOTHING,
    /// At the last commit the loaded table takes the place of the target.
    SWAP,
    /// The loaded table is merged into the target.
    MERGE
  }

  private static final int LONGEST_NAME = 40;

  /// Checks the table, and makes what is missing, in the open transaction; what several connections
  /// have to see is committed.
  ///
  /// @param goesOn whether the claim, or this writer, has committed before
  /// @throws Fenced when the table that it was loading has been another pipeline's since
  static <T> LoadPlan<T> prepare(
      Session session,
      TableName table,
      RecordType<T> type,
      LoadSettings settings,
      @Nullable JdbcClaim claim,
      boolean goesOn)
      throws SQLException, Fenced {
    Optional<TableInfo> existing = session.dialect().describe(session.connection(), table);
    if (existing.isEmpty() && !settings.create()) {
      throw new TableMismatch(
          "there is no table " + table + " in " + session.name(),
          List.of("create it, or let create() do so"));
    }
    if (existing.isPresent()) {
      TableCheck.match(session.dialect(), existing.get(), type, settings);
    }
    boolean apart =
        settings.chosen() == Mode.REPLACE || (existing.isEmpty() && settings.connections() > 1);
    return apart
        ? beside(session, table, existing, type, settings, claim, goesOn)
        : direct(session, table, existing, type, settings, claim != null && claim.shared());
  }

  /// @param shared whether other processes of the pipeline may write the table too: they are not
  ///   left to wait for the first unit of the one that makes it
  private static <T> LoadPlan<T> direct(
      Session session,
      TableName table,
      Optional<TableInfo> existing,
      RecordType<T> type,
      LoadSettings settings,
      boolean shared)
      throws SQLException {
    TableInfo info = existing.isPresent() ? existing.get() : create(session, table, type, settings);
    if (shared && existing.isEmpty()) {
      session.connection().commit();
    }
    LoadTarget<T> target = TableCheck.match(session.dialect(), info, type, settings);
    LoadSettings named = TableCheck.inTable(settings, target);
    if (settings.chosen() == Mode.UPSERT && session.dialect().mergesUpserts()) {
      TableName temporary = session.dialect().createBeside(session.connection(), target);
      return new LoadPlan<>(target, target.into(temporary), named, End.MERGE);
    }
    if (existing.isPresent()) {
      session.connection().commit(); // nothing was changed: let go of what was read
    }
    return new LoadPlan<>(target, target, named, End.NOTHING);
  }

  /// A resumable run finds the table that it was loading, or has swapped it in and appends. Of
  /// several pipelines that replace the same table the one that began last goes on.
  private static <T> LoadPlan<T> beside(
      Session session,
      TableName table,
      Optional<TableInfo> existing,
      RecordType<T> type,
      LoadSettings settings,
      @Nullable JdbcClaim claim,
      boolean goesOn)
      throws SQLException, Fenced {
    TableName staging = staging(table, claim);
    Optional<TableInfo> started = session.dialect().describe(session.connection(), staging);
    if (claim != null && goesOn) {
      new PositionTable(session).confirmReplacing(table, claim.pipeline());
      if (started.isEmpty()) {
        return direct(session, table, existing, type, settings.asAppend(), claim.shared());
      }
    } else {
      if (claim != null) {
        new PositionTable(session).replaces(table, claim.pipeline());
      }
      if (started.isPresent()) {
        session.execute("DROP TABLE " + staging.quoted());
      }
      if (existing.isPresent()) {
        session.dialect().createLike(session.connection(), staging, existing.get());
        started = session.dialect().describe(session.connection(), staging);
      } else {
        started = Optional.of(create(session, staging, type, settings));
      }
      if (settings.connections() > 1) {
        session.connection().commit();
      }
    }
    LoadTarget<T> into = TableCheck.match(session.dialect(), started.orElseThrow(), type, settings);
    return new LoadPlan<>(into.into(table), into, settings, End.SWAP);
  }

  /// Not the same for resumable runs: theirs must not be taken for what a run that died left
  /// behind.
  private static TableName staging(TableName table, @Nullable JdbcClaim claim) {
    String name = table.name();
    if (name.length() > LONGEST_NAME) {
      name = name.substring(0, LONGEST_NAME) + "_" + Integer.toHexString(name.hashCode());
    }
    return table.sibling((claim == null ? "penstock_new_" : "penstock_load_") + name);
  }

  private static TableInfo create(
      Session session, TableName table, RecordType<?> type, LoadSettings settings)
      throws SQLException {
    String columns =
        type.schema().columns().stream()
            .map(column -> declare(session.dialect(), column, settings))
            .collect(Collectors.joining(", "));
    String key =
        settings.keys().isEmpty() ? "" : ", PRIMARY KEY (" + Identifier.list(settings.keys()) + ")";
    session.execute("CREATE TABLE " + table.quoted() + " (" + columns + key + ")");
    return session.dialect().describe(session.connection(), table).orElseThrow();
  }

  private static String declare(Dialect dialect, Column column, LoadSettings settings) {
    boolean notNull = !column.nullable() || settings.keys().contains(column.name());
    return Identifier.quote(column.name())
        + " "
        + dialect.declare(column.type())
        + (notNull ? " NOT NULL" : "");
  }

  /// Puts the loaded table in the target's place.
  void swap(Session session) throws SQLException {
    boolean exists = session.dialect().describe(session.connection(), target.table()).isPresent();
    if (exists) {
      session.execute("DROP TABLE " + target.table().quoted());
    }
    session.execute(
        "ALTER TABLE %s RENAME TO %s"
            .formatted(into.table().quoted(), Identifier.quote(target.table().name())));
  }
}
