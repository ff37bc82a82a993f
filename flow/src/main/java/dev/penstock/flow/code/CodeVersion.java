package dev.penstock.flow.code;

/// The version of a program: a hash of all that its classes do, as [Fingerprint] sees it. An edited
/// comment keeps it.
public final class CodeVersion {
  private static final int DIGITS = 12;

  private CodeVersion() {}

  /// That of the program that a class is the main class of: of the class, those within it, and all
  /// that they reach.
  ///
  /// @return 12 hexadecimal digits
  /// @throws IllegalArgumentException when the class file cannot be found
  public static String of(Class<?> main) {
    ReachedCode reached = new ReachedCode(new ProgramClasses(main));
    reached.nest(ProgramClasses.internalName(main.getNestHost()));
    return Fingerprint.hash(reached.text()).substring(0, DIGITS);
  }
}
