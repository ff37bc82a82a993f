package dev.penstock.data;

import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Finds a lookup with full access to a record, as a class in its nest has.
///
/// The JDK gives one for a class of our own module only, and every class loader has an unnamed
/// module of its own: a record of `java FILE` or `penstock run` is never in ours. There a class
/// that we put beside the record hands over its lookup.
final class NestLookup {
  private static final String METHOD = "lookup";

  private NestLookup() {}

  /// @throws IllegalAccessException when the record's module does not open its package to us
  static MethodHandles.Lookup of(Class<?> type) throws IllegalAccessException {
    MethodHandles.Lookup ours = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    return ours.hasFullPrivilegeAccess() ? ours : MethodHandles.privateLookupIn(type, beside(ours));
  }

  private static MethodHandles.Lookup beside(MethodHandles.Lookup ours)
      throws IllegalAccessException {
    try {
      MethodHandle lookup =
          ours.findStatic(
              neighbour(ours), METHOD, MethodType.methodType(MethodHandles.Lookup.class));
      return (MethodHandles.Lookup) lookup.invokeExact();
    } catch (IllegalAccessException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the class beside " + ours.lookupClass() + " fails", e);
    }
  }

  private static Class<?> neighbour(MethodHandles.Lookup ours)
      throws IllegalAccessException, ClassNotFoundException {
    String name = ours.lookupClass().getName() + "$Neighbour";
    try {
      return ours.defineClass(bytes(ClassDesc.of(name)));
    } catch (LinkageError e) { // another thread was first
      return Class.forName(name, false, ours.lookupClass().getClassLoader());
    }
  }

  /// A class whose only method is `static Lookup lookup() { return MethodHandles.lookup(); }`.
  private static byte[] bytes(ClassDesc name) {
    MethodTypeDesc type = MethodTypeDesc.of(CD_MethodHandles_Lookup);
    ClassDesc handles = ClassDesc.of("java.lang.invoke.MethodHandles");
    return ClassFile.of()
        .build(
            name,
            builder ->
                builder
                    .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                    .withMethodBody(
                        METHOD,
                        type,
                        ClassFile.ACC_STATIC,
                        code -> code.invokestatic(handles, METHOD, type).areturn()));
  }
}
