package dev.penstock.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The states of steps as the bytes of one column: how many, then each one's name, length and
/// bytes.
final class States {
  private States() {}

  static byte[] encode(Map<String, byte[]> states) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(states.size());
      for (Map.Entry<String, byte[]> state : new TreeMap<>(states).entrySet()) {
        out.writeUTF(state.getKey());
        out.writeInt(state.getValue().length);
        out.write(state.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the state of a step cannot be stored", e);
    }
    return bytes.toByteArray();
  }

  static Map<String, byte[]> decode(byte[] bytes) {
    Map<String, byte[]> states = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        states.put(name, in.readNBytes(in.readInt()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the stored states of the steps cannot be read: was " + PositionTable.NAME + " changed?",
          e);
    }
    return states;
  }
}
