package dev.penstock.flow.code;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash of what a method does: of its instructions, and of those of all methods of its program
/// that it reaches. Comments, lines, names of variables, the order of methods and the numbers that
/// the compiler gives to lambdas and anonymous classes are not in it. The JDK and libraries are not
/// followed.
///
/// What is reached is decided from the code alone: the methods that are called, all methods of
/// classes that are made, the initializers of fields that are used, and the records of a sealed
/// interface whose method is called. An object of another class that comes in as an argument is not
/// known.
public final class Fingerprint {
  private Fingerprint() {}

  /// The hash, in hexadecimal digits.
  ///
  /// @throws IllegalArgumentException when the class file of the method cannot be found
  public static String of(Method method) {
    Class<?> owner = method.getDeclaringClass();
    ReachedCode reached = new ReachedCode(new ProgramClasses(owner));
    reached.method(
        ProgramClasses.internalName(owner),
        method.getName(),
        java.lang.invoke.MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .descriptorString());
    return hash(reached.text());
  }

  static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
