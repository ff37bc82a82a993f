package dev.penstock.files.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/// Shows [Pages] to parquet-column's own readers. A page is valid until the next one is asked for.
final class LibraryPages implements PageReader {
  private final Pages pages;
  private final ColumnChunkMetaData chunk;

  LibraryPages(Pages pages, ColumnChunkMetaData chunk) {
    this.pages = pages;
    this.chunk = chunk;
    pages.start(chunk);
  }

  @Override
  public @Nullable DictionaryPage readDictionaryPage() {
    try {
      int entries = pages.dictionary();
      return entries < 0
          ? null
          : new DictionaryPage(
              BytesInput.from(Arrays.copyOf(pages.data, pages.end)), entries, Encoding.PLAIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long getTotalValueCount() {
    return chunk.getValueCount();
  }

  @Override
  public @Nullable DataPage readPage() {
    try {
      if (!pages.peek()) {
        return null;
      }
      Encoding encoding = pages.encoding();
      pages.read();
      Statistics<?> none = Statistics.createStats(chunk.getPrimitiveType());
      return pages.v2() ? v2(encoding, none) : v1(encoding, none);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataPage v1(Encoding encoding, Statistics<?> none) {
    DataPageHeader header = pages.headerV1();
    return new DataPageV1(
        BytesInput.from(pages.data, 0, pages.end),
        header.num_values,
        pages.end,
        none,
        Pages.encoding(header.repetition_level_encoding),
        Pages.encoding(header.definition_level_encoding),
        encoding);
  }

  private DataPage v2(Encoding encoding, Statistics<?> none) {
    DataPageHeaderV2 header = pages.headerV2();
    return DataPageV2.uncompressed(
        header.num_rows,
        header.num_nulls,
        header.num_values,
        BytesInput.from(pages.data, 0, pages.definitionAt),
        BytesInput.from(pages.data, pages.definitionAt, pages.valuesAt - pages.definitionAt),
        encoding,
        BytesInput.from(pages.data, pages.valuesAt, pages.end - pages.valuesAt),
        none);
  }
}
