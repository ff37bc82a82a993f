package dev.penstock.flow.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The class files of one program: those that lie where one of its classes does, in memory, in a
/// directory or in a jar. Classes of the JDK and of libraries lie elsewhere.
final class ProgramClasses {
  private static final String SUFFIX = ".class";

  private final ClassLoader loader;
  private final String place;
  private final Map<String, Optional<ClassModel>> models = new HashMap<>();

  ProgramClasses(Class<?> one) {
    ClassLoader own = one.getClassLoader();
    if (own == null) {
      throw new IllegalArgumentException(one.getName() + " is a class of the JDK, no program");
    }
    loader = own;
    String file = file(internalName(one));
    URL url = loader.getResource(file);
    if (url == null) {
      throw new IllegalArgumentException(
          "the class file of "
              + one.getName()
              + " cannot be found, so that nobody can tell whether its code has changed");
    }
    place = url.toString().substring(0, url.toString().length() - file.length());
  }

  static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static String file(String internalName) {
    return internalName + SUFFIX;
  }

  /// A class by its name with slashes, if it is one of the program's.
  Optional<ClassModel> find(String internalName) {
    return models.computeIfAbsent(internalName, this::load);
  }

  private Optional<ClassModel> load(String internalName) {
    String file = file(internalName);
    URL url = loader.getResource(file);
    if (url == null || !url.toString().equals(place + file)) {
      return Optional.empty();
    }
    try (InputStream in = url.openStream()) {
      return Optional.of(ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the class file " + url + " cannot be read", e);
    }
  }
}
