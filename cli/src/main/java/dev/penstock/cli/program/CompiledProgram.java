package dev.penstock.cli.program;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The classes of a program, and what the compiler saw of it.
///
/// @param topLevel the names of its top-level classes, in the order of the source file
/// @param parameters the names of the records that it takes its parameters as
/// @param flows whether it runs flows, which take parameters too
/// @param warnings what it does that it hardly means to do, a line each, for people
/// @param classes class files by the name of their class
public record CompiledProgram(
    List<String> topLevel,
    List<String> parameters,
    boolean flows,
    List<String> warnings,
    Map<String, byte[]> classes) {
  public CompiledProgram {
    topLevel = List.copyOf(topLevel);
    parameters = List.copyOf(parameters);
    warnings = List.copyOf(warnings);
    classes = Map.copyOf(classes);
  }

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writeNames(out, topLevel);
    writeNames(out, parameters);
    out.writeBoolean(flows);
    writeNames(out, warnings);
    out.writeInt(classes.size());
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().length);
      out.write(entry.getValue());
    }
    return bytes.toByteArray();
  }

  static CompiledProgram decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    List<String> topLevel = readNames(in);
    List<String> parameters = readNames(in);
    boolean flows = in.readBoolean();
    List<String> warnings = readNames(in);
    int count = in.readInt();
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      byte[] code = new byte[in.readInt()];
      in.readFully(code);
      classes.put(name, code);
    }
    return new CompiledProgram(topLevel, parameters, flows, warnings, classes);
  }

  private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  private static List<String> readNames(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(in.readUTF());
    }
    return names;
  }
}
