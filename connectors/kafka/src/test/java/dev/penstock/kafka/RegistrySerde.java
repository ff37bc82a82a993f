package dev.penstock.kafka;

import com.google.protobuf.Struct;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/// A serializer and a deserializer that ask a registry for schemas, in the usual wire format: a
/// byte 0, four bytes of the schema's id, the value. Or the id is in a header.
record RegistrySerde<T>(TestRegistry registry, Payload<T> payload, boolean inHeaders) {
  static final String HEADER = "schema-id";

  /// What follows the id.
  interface Payload<T> {
    String schema(T value);

    byte[] write(T value) throws IOException;

    /// @param schema by which it was written
    T read(String schema, byte[] bytes, int from) throws IOException;
  }

  static <T> RegistrySerde<T> of(TestRegistry registry, Payload<T> payload) {
    return new RegistrySerde<>(registry, payload, false);
  }

  RegistrySerde<T> withIdsInHeaders() {
    return new RegistrySerde<>(registry, payload, true);
  }

  KafkaFormat<T> format(Class<T> type) {
    return Kafka.serde(type, Reading::new, Writing::new);
  }

  Serializer<T> writing() {
    return new Writing();
  }

  Deserializer<Object> reading() {
    return new Reading();
  }

  private final class Writing implements Serializer<T> {
    private final TestRegistry.Client client = registry.client();

    @Override
    public byte[] serialize(String topic, T value) {
      throw new UnsupportedOperationException("without headers");
    }

    @Override
    public byte[] serialize(String topic, Headers headers, T value) {
      int id = client.register(topic + "-value", payload.schema(value));
      byte[] written;
      try {
        written = payload.write(value);
      } catch (IOException | RuntimeException e) {
        throw new SerializationException("schema " + id + " does not fit", e);
      }
      if (inHeaders) {
        headers.add(HEADER, ByteBuffer.allocate(4).putInt(id).array());
        return written;
      }
      return ByteBuffer.allocate(5 + written.length).put((byte) 0).putInt(id).put(written).array();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private final class Reading implements Deserializer<Object> {
    private final TestRegistry.Client client = registry.client();

    @Override
    public Object deserialize(String topic, byte[] bytes) {
      throw new UnsupportedOperationException("without headers");
    }

    @Override
    public Object deserialize(String topic, Headers headers, byte[] bytes) {
      Header header = headers.lastHeader(HEADER);
      if (header == null && bytes[0] != 0) {
        throw new SerializationException("Unknown magic byte!");
      }
      int id = header == null ? ByteBuffer.wrap(bytes).getInt(1) : of(header);
      String schema = client.schema(id);
      try {
        return payload.read(schema, bytes, header == null ? 5 : 0);
      } catch (IOException | RuntimeException e) {
        throw new SerializationException("Error deserializing message for id " + id, e);
      }
    }

    private static int of(Header header) {
      return ByteBuffer.wrap(header.value()).getInt();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /// Records of Avro, read by a schema of the reader's.
  record Avro(Schema reader) implements Payload<GenericRecord> {
    @Override
    public String schema(GenericRecord value) {
      return value.getSchema().toString();
    }

    @Override
    public byte[] write(GenericRecord value) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(value.getSchema()).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    }

    @Override
    public GenericRecord read(String schema, byte[] bytes, int from) throws IOException {
      return new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema), reader)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null));
    }
  }

  /// A message of Protobuf.
  record Protobuf() implements Payload<Struct> {
    @Override
    public String schema(Struct value) {
      return TextFormat.printer().printToString(value.getDescriptorForType().getFile().toProto());
    }

    @Override
    public byte[] write(Struct value) {
      return value.toByteArray();
    }

    @Override
    public Struct read(String schema, byte[] bytes, int from) throws IOException {
      return Struct.parser().parseFrom(bytes, from, bytes.length - from);
    }
  }
}
