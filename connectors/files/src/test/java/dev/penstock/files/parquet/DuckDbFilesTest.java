package dev.penstock.files.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbFilesTest {
  private static final int ROWS = 10_000;

  private static final String QUERY =
      """
      select i::integer as id, (i * 1000003)::bigint as big, (i %% 7)::tinyint as tiny,
        (i %% 1000)::smallint as small, i %% 3 = 0 as flag, (i / 4.0)::double as number,
        (i / 8.0)::float as single, 'name ' || (i %% 50) as name, repeat('x', (i %% 90)::int) || i as text,
        case when i %% 11 = 0 then null else i::integer end as maybe,
        case when i %% 5 = 0 then null else 'm' || (i %% 4) end as maybe_text,
        (i / 100.0)::decimal(8, 2) as small_decimal, (i / 100.0)::decimal(16, 2) as decimal,
        (i / 100.0)::decimal(30, 2) as large_decimal,
        date '2025-01-01' + i::integer as day, time '00:00:01' + to_microseconds(i) as clock,
        timestamp '2025-01-01 00:00:00.000001' + to_seconds(i) as local,
        (timestamp '2025-01-01' + to_seconds(i))::timestamp_ms as millis,
        (timestamp '2025-01-01' + to_seconds(i))::timestamp_ns as nanos,
        (timestamp '2025-01-01 00:00:00' + to_seconds(i)) at time zone 'UTC' as instant,
        ('00000000-0000-4000-8000-' || lpad(i::varchar, 12, '0'))::uuid as uuid,
        ('a' || i)::blob as bytes, (i %% 200)::utinyint as u8, (i + 4294960000 - 10000)::uinteger as u32,
        [i, null, i + 1] as numbers, {'a': i, 'b': 'x' || i} as pair, map {'k': i} as mapped
      from range(%d) t(i)\
      """
          .formatted(ROWS);

  @TempDir Path directory;

  record Pair(long a, String b) {}

  record Peers(
      int id,
      long big,
      byte tiny,
      short small,
      boolean flag,
      double number,
      float single,
      String name,
      String text,
      Integer maybe,
      String maybeText,
      BigDecimal smallDecimal,
      BigDecimal decimal,
      BigDecimal largeDecimal,
      LocalDate day,
      LocalTime clock,
      LocalDateTime local,
      LocalDateTime millis,
      LocalDateTime nanos,
      Instant instant,
      UUID uuid,
      byte[] bytes,
      int u8,
      long u32,
      List<Long> numbers,
      Pair pair,
      Map<String, Long> mapped) {}

  @ParameterizedTest
  @CsvSource({
    "uncompressed, v1, 122880",
    "snappy, v1, 2048",
    "gzip, v1, 4096",
    "zstd, v1, 122880",
    "lz4_raw, v1, 4096",
    "snappy, v2, 122880",
    "zstd, v2, 2048"
  })
  void everyTypeIsReadUnderEveryCompressionAndVersion(String codec, String version, int groupRows)
      throws Exception {
    Path file = directory.resolve("peer.parquet");
    Peer.duckdb(
        "copy (%s) to '%s' (format parquet, compression %s, parquet_version %s, row_group_size %d)"
            .formatted(QUERY, file, codec, version, groupRows));

    List<Peers> records = Peer.read(file, Peers.class);

    assertThat(records).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      check(records.get(i), i);
    }
    Row row = Peer.rows(file).get(4_321);
    assertThat(row.get("id")).isEqualTo(4_321);
    assertThat(row.get("u32")).isEqualTo(4_321L + 4_294_960_000L - 10_000L);
    assertThat(row.get("instant")).isEqualTo(records.get(4_321).instant());
    assertThat(row.get("pair")).isEqualTo("{\"a\":4321,\"b\":\"x4321\"}");
    assertThat(row.get("mapped")).isEqualTo(Map.of("k", 4_321L));
  }

  private static void check(Peers peer, int i) {
    LocalDateTime second = LocalDate.of(2025, 1, 1).atStartOfDay().plusSeconds(i);
    assertThat(peer.id()).isEqualTo(i);
    assertThat(peer.big()).isEqualTo(i * 1_000_003L);
    assertThat(peer.tiny()).isEqualTo((byte) (i % 7));
    assertThat(peer.small()).isEqualTo((short) (i % 1_000));
    assertThat(peer.flag()).isEqualTo(i % 3 == 0);
    assertThat(peer.number()).isEqualTo(i / 4.0);
    assertThat(peer.single()).isEqualTo(i / 8.0f);
    assertThat(peer.name()).isEqualTo("name " + i % 50);
    assertThat(peer.text()).isEqualTo("x".repeat(i % 90) + i);
    assertThat(peer.maybe()).isEqualTo(i % 11 == 0 ? null : i);
    assertThat(peer.maybeText()).isEqualTo(i % 5 == 0 ? null : "m" + i % 4);
    assertThat(peer.smallDecimal()).isEqualTo(BigDecimal.valueOf(i, 2));
    assertThat(peer.decimal()).isEqualTo(BigDecimal.valueOf(i, 2));
    assertThat(peer.largeDecimal()).isEqualTo(BigDecimal.valueOf(i, 2));
    assertThat(peer.day()).isEqualTo(LocalDate.of(2025, 1, 1).plusDays(i));
    assertThat(peer.clock()).isEqualTo(LocalTime.of(0, 0, 1).plusNanos(i * 1_000L));
    assertThat(peer.local()).isEqualTo(second.plusNanos(1_000));
    assertThat(peer.millis()).isEqualTo(second);
    assertThat(peer.nanos()).isEqualTo(second);
    assertThat(peer.instant()).isEqualTo(second.toInstant(java.time.ZoneOffset.UTC));
    assertThat(peer.uuid())
        .isEqualTo(UUID.fromString("00000000-0000-4000-8000-%012d".formatted(i)));
    assertThat(new String(peer.bytes(), StandardCharsets.UTF_8)).isEqualTo("a" + i);
    assertThat(peer.u8()).isEqualTo(i % 200);
    assertThat(peer.u32()).isEqualTo(i + 4_294_960_000L - 10_000L);
    assertThat(peer.numbers()).containsExactly((long) i, null, i + 1L);
    assertThat(peer.pair()).isEqualTo(new Pair(i, "x" + i));
    assertThat(peer.mapped()).isEqualTo(Map.of("k", (long) i));
  }

  record Id(int id) {}

  @Test
  void aCompressionThatIsNotSupportedIsNamed() throws Exception {
    Path file = directory.resolve("brotli.parquet");
    Peer.duckdb(
        "copy (select 1 as id) to '%s' (format parquet, compression brotli)".formatted(file));

    assertThatThrownBy(() -> Peer.read(file, Id.class))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage(
            "brotli.parquet, row group 0, column \"id\" cannot be read: compression BROTLI is not"
                + " supported; write the file anew with zstd, snappy, gzip, lz4_raw or uncompressed");
  }
}
