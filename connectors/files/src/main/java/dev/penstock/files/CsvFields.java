package dev.penstock.files;

import dev.penstock.data.BadText;
import dev.penstock.data.FieldSource;
import dev.penstock.data.Schema;
import dev.penstock.data.TextParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The fields of one CSV record at a time, parsed when they are asked for.
final class CsvFields implements FieldSource {
  private final Schema schema;
  private final int[] source;
  private final CsvTokens tokens;
  private final ByteWindow window;
  private final Charset charset;
  private final byte[] nullText;
  private final String quote;
  private final ByteText view = new ByteText();
  private int record;
  private int column;

  /// @param source for each column of the schema, which field of the file it is
  CsvFields(
      Schema schema,
      int[] source,
      CsvFormat format,
      CsvTokens tokens,
      ByteWindow window,
      Charset charset) {
    this.schema = schema;
    this.source = source;
    this.tokens = tokens;
    this.window = window;
    this.charset = charset;
    this.nullText = format.nullText().getBytes(charset);
    this.quote = String.valueOf(format.quote());
  }

  /// Moves to a record of the tokens.
  CsvFields at(int index) {
    record = index;
    column = -1;
    return this;
  }

  /// The column that was asked for last, or -1: the bad one, if a field was bad.
  int column() {
    return column;
  }

  private int field(int index) {
    column = index;
    return tokens.field(record, source[index]);
  }

  private boolean isNullField(int field) {
    return tokens.kind(field) == CsvTokens.PLAIN
        && tokens.to(field) - tokens.from(field) == nullText.length
        && Arrays.equals(
            window.bytes, tokens.from(field), tokens.to(field), nullText, 0, nullText.length);
  }

  /// The text of a field of a type that is written in ASCII.
  private CharSequence ascii(int index) {
    int field = field(index);
    return tokens.kind(field) == CsvTokens.ESCAPED
        ? text(field)
        : view.over(window.bytes, tokens.from(field), tokens.to(field));
  }

  private String text(int field) {
    int from = tokens.from(field);
    int length = tokens.to(field) - from;
    String text = new String(window.bytes, from, length, charset);
    if (text.indexOf('\uFFFD') >= 0) {
      requireText(from, length);
    }
    return tokens.kind(field) == CsvTokens.ESCAPED ? text.replace(quote + quote, quote) : text;
  }

  /// Tells a byte that means nothing from a replacement character that stands in the file.
  private void requireText(int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(window.bytes, from, length);
    try {
      charset.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      int bad = window.bytes[bytes.position()] & 0xff;
      String shown = new String(window.bytes, from, length, StandardCharsets.ISO_8859_1);
      throw new BadText(
          shown,
          charset.name() + " text: it has the byte 0x" + HexFormat.of().toHexDigits((byte) bad));
    }
  }

  @Override
  public boolean isNull(int index) {
    return isNullField(field(index));
  }

  @Override
  public boolean getBoolean(int index) {
    return TextParser.parseBoolean(ascii(index));
  }

  @Override
  public byte getByte(int index) {
    return TextParser.parseByte(ascii(index));
  }

  @Override
  public short getShort(int index) {
    return TextParser.parseShort(ascii(index));
  }

  @Override
  public int getInt(int index) {
    return TextParser.parseInt(ascii(index));
  }

  @Override
  public long getLong(int index) {
    return TextParser.parseLong(ascii(index));
  }

  @Override
  public float getFloat(int index) {
    return TextParser.parseFloat(ascii(index));
  }

  @Override
  public double getDouble(int index) {
    return TextParser.parseDouble(ascii(index));
  }

  @Override
  public char getChar(int index) {
    return TextParser.parseChar(text(field(index)));
  }

  @Override
  public @Nullable Object getObject(int index) {
    int field = field(index);
    return isNullField(field) ? null : TextParser.parse(text(field), schema.column(index).type());
  }
}
