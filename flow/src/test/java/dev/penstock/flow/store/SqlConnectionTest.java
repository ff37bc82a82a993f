package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlConnectionTest {
  private SqlConnection connection;

  @BeforeEach
  void connect() throws Exception {
    connection = new SqlConnection(new StoreUrl("jdbc:sqlite::memory:").connect(), Dialect.SQLITE);
    connection.update("CREATE TABLE run (id TEXT PRIMARY KEY, tries INTEGER, at BIGINT)").execute();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private void insert(String id, Integer tries) {
    connection
        .update("INSERT INTO run (id, tries) VALUES (:id, :tries)")
        .bind("id", id)
        .bind("tries", tries)
        .execute();
  }

  @Test
  void aParameterHasItsValueWhereverItStands() {
    insert("a", 1);
    assertThat(
            connection
                .query("SELECT id FROM run WHERE id = :id OR 'b' || :id = id OR ':id' = id")
                .bind("id", "a")
                .texts()
                .list())
        .containsExactly("a");
    assertThat(NamedSql.of("SELECT (:a + :b * :a)::bigint, ':c' AS \":d\"").plain())
        .isEqualTo("SELECT (? + ? * ?)::bigint, ':c' AS \":d\"");
  }

  @Test
  void textsOfAListAreParametersWithNumbers() {
    insert("a", 1);
    insert("b", 2);
    insert("c", 3);
    assertThat(
            connection
                .query("SELECT id FROM run WHERE id IN (:id0, :id1) ORDER BY id")
                .bindEach("id", List.of("c", "a"))
                .texts()
                .list())
        .containsExactly("a", "c");
  }

  @Test
  void nullIsNoValueOfARow() {
    insert("a", null);
    Query tries = connection.query("SELECT tries FROM run WHERE id = :id");
    assertThat(tries.bind("id", "a").integers().findOne()).isEmpty();
    assertThat(tries.bind("id", "none").integers().findOne()).isEmpty();
    assertThat(tries.bind("id", "a").exists()).isTrue();
    assertThat(tries.bind("id", "none").exists()).isFalse();
  }

  @Test
  void aBatchWritesItsRowsInOrder() {
    Batch batch = connection.batch("INSERT INTO run (id, at) VALUES (:id, :at)");
    for (long at = 1; at <= 3; at++) {
      batch.bind("id", "run " + at).bind("at", at).add();
    }
    batch.execute();
    assertThat(connection.query("SELECT at FROM run ORDER BY rowid").longs().list())
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aValueTooManyOrTooFewIsSaid() {
    Query query = connection.query("SELECT id FROM run WHERE id = :id");
    assertThatThrownBy(() -> query.bind("run", "a"))
        .hasMessage("there is no parameter :run in SELECT id FROM run WHERE id = :id");
    assertThatThrownBy(() -> query.texts().list())
        .hasMessage("parameter :id has no value in SELECT id FROM run WHERE id = :id");
  }

  @Test
  void aStatementThatFailedCanBeTriedAgain() {
    insert("a", 1);
    assertThatThrownBy(() -> insert("a", 1))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("UNIQUE constraint failed: run.id")
        .hasMessageContaining("INSERT INTO run (id, tries) VALUES (:id, :tries)");
    insert("b", 1);
    assertThat(connection.query("SELECT count(*) FROM run").integers().one()).isEqualTo(2);
  }

  @Test
  void manyStatementsAreNotAllKept() {
    for (int i = 0; i < 1500; i++) {
      assertThat(connection.query("SELECT " + i).integers().one()).isEqualTo(i);
    }
    insert("a", 1);
    assertThat(connection.query("SELECT id FROM run").texts().one()).isEqualTo("a");
  }
}
