package dev.penstock.flow.code;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/// Decides whether values of a type can be kept as JSON and be made the same again, and says which
/// part of the type stands in the way.
final class Storable {
  private static final Set<Class<?>> TEXTS =
      Set.of(
          String.class,
          UUID.class,
          URI.class,
          BigDecimal.class,
          BigInteger.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class);
  private static final Set<Class<?>> COLLECTIONS = Set.of(Collection.class, List.class, Set.class);

  private final TypeFactory types;
  private final boolean files;
  private final String whole;
  private final Set<JavaType> seen = new HashSet<>();

  /// Whether values of the type may be equal without `equals` saying so.
  private boolean identity;

  private Storable(TypeFactory types, boolean files, String whole) {
    this.types = types;
    this.files = files;
    this.whole = whole;
  }

  /// @return whether values must be compared by their JSON, since `equals` goes by identity
  /// @throws NotReplayable when it cannot be kept
  static boolean check(JavaType type, TypeFactory types, boolean files) {
    Storable storable = new Storable(types, files, name(type));
    storable.check(type, "");
    return storable.identity;
  }

  /// Whether a value of this class can be kept without knowing more than the class.
  static boolean isPlain(Class<?> raw) {
    return TEXTS.contains(raw)
        || raw.isRecord() && raw.getTypeParameters().length == 0
        || isEnum(raw)
        || isTime(raw);
  }

  private void check(JavaType type, String path) {
    Class<?> raw = type.getRawClass();
    if (raw.isPrimitive() || raw == Void.class || isPlainLeaf(raw)) {
      return;
    }
    if (!seen.add(type)) {
      return; // a type within itself
    }
    if (raw == Path.class) {
      checkFile(path);
    } else if (raw.isArray()) {
      identity = true;
      check(type.getContentType(), path + "[]");
    } else if (raw == Optional.class) {
      check(type.containedTypeOrUnknown(0), path);
    } else if (COLLECTIONS.contains(raw)) {
      check(type.getContentType(), path + "[]");
    } else if (raw == Map.class) {
      checkKey(type.getKeyType(), path);
      check(type.getContentType(), path + "[]");
    } else if (raw.isRecord()) {
      checkRecord(type, path);
    } else if (isSealed(raw)) {
      checkSealed(raw, path);
    } else {
      throw refused(path, "is of type " + name(type) + advice(raw));
    }
  }

  private void checkFile(String path) {
    if (!files) {
      throw refused(path, "is a file, and there is no store for the results of files here");
    }
    identity = true;
  }

  private void checkKey(JavaType key, String path) {
    if (!isPlainLeaf(key.getRawClass()) || key.hasRawClass(Boolean.class)) {
      throw refused(
          path,
          "is a map with keys of type "
              + name(key)
              + "; use a String, a number, an enum or a date, or a list of records");
    }
  }

  private void checkRecord(JavaType type, String path) {
    for (RecordComponent component : type.getRawClass().getRecordComponents()) {
      JavaType part = types.resolveMemberType(component.getGenericType(), type.getBindings());
      check(part, path.isEmpty() ? component.getName() : path + "." + component.getName());
    }
  }

  private void checkSealed(Class<?> sealed, String path) {
    Set<String> names = new HashSet<>();
    for (Class<?> leaf : leaves(sealed)) {
      if (!leaf.isRecord() || leaf.getTypeParameters().length > 0) {
        throw refused(
            path,
            "may be a "
                + leaf.getSimpleName()
                + ", which is no plain record; let a sealed type have records only");
      }
      if (!names.add(leaf.getSimpleName())) {
        throw refused(path, "may be one of two records called " + leaf.getSimpleName());
      }
      check(types.constructType(leaf), path);
    }
  }

  /// Whether it is a sealed interface; an enum with bodies is sealed too, to the JVM.
  static boolean isSealed(Class<?> raw) {
    return raw.isSealed() && raw.isInterface();
  }

  /// Whether what values are is only known when they are there: `Object`, or a list of that.
  static boolean isErased(JavaType type) {
    Class<?> raw = type.getRawClass();
    return raw == Object.class
        || (COLLECTIONS.contains(raw) || raw == Map.class) && isErased(type.getContentType())
        || raw == Optional.class && isErased(type.containedTypeOrUnknown(0));
  }

  /// What a value of a sealed type may be in the end.
  static List<Class<?>> leaves(Class<?> sealed) {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      leaves.addAll(isSealed(permitted) ? leaves(permitted) : List.of(permitted));
    }
    return leaves;
  }

  private static boolean isPlainLeaf(Class<?> raw) {
    return TEXTS.contains(raw) || isEnum(raw) || isTime(raw);
  }

  private static boolean isEnum(Class<?> raw) {
    return raw.isEnum();
  }

  private static boolean isTime(Class<?> raw) {
    return raw.getPackageName().equals("java.time") && raw.getSimpleName().indexOf("Clock") < 0;
  }

  private static String advice(Class<?> raw) {
    if (raw == Object.class) {
      return ", which may be anything; declare what it is";
    }
    if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
      return "; declare it as List, Set or Map";
    }
    if (AutoCloseable.class.isAssignableFrom(raw)) {
      return ", which is open in this process only; open it in the task that uses it";
    }
    return "; hand on a record, or what it can be made of again";
  }

  private NotReplayable refused(String path, String why) {
    String what =
        switch (path) {
          case "" -> "it ";
          case "[]" -> "an element of it ";
          default -> "\"" + path + "\" ";
        };
    return new NotReplayable(
        "a value of type " + whole + " cannot be kept for a replay: " + what + why);
  }

  /// Without packages: `List<Trip>`.
  static String name(JavaType type) {
    return type.toCanonical().replaceAll("[\\w.]*[.$]\\d*(\\w+)", "$1").replace(",", ", ");
  }
}
