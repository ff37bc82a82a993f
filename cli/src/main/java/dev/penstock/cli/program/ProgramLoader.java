package dev.penstock.cli.program;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defines the classes of one program.
public final class ProgramLoader extends ClassLoader {
  /// The name of every such loader, by which a stack frame tells that it is the user's.
  public static final String NAME = "program";

  private final Map<String, byte[]> classes;

  /// @param program what to define
  /// @param parent where Penstock and the program's libraries are
  public ProgramLoader(CompiledProgram program, ClassLoader parent) {
    super(NAME, parent);
    classes = program.classes();
  }

  @Override
  protected Class<?> findClass(@Nullable String name) throws ClassNotFoundException {
    byte[] code = name == null ? null : classes.get(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }
}
