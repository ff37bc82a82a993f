package dev.penstock.flow.code;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The method behind `this::extract`, `Taxi::extract` or a lambda.
///
/// @param method the method; of a lambda the one that the compiler made of its body
/// @param receiver what it is bound to; null for none
/// @param lambda whether it is a lambda, whose generic types are erased
public record MethodReference(Method method, @Nullable Object receiver, boolean lambda) {

  /// What a function refers to. The function's interface must be `Serializable`; what it captures
  /// need not be, for nothing is serialized.
  ///
  /// @throws IllegalArgumentException when it is an object of a class, or refers to a constructor
  public static MethodReference of(Serializable function) {
    SerializedLambda form = form(function);
    String name = form.getImplMethodName();
    if (form.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
      throw new IllegalArgumentException(
          "a constructor, " + shortName(form) + "::new, is no task; write a method that calls it");
    }
    Method method = method(form, function.getClass().getClassLoader());
    boolean lambda = method.isSynthetic() && name.startsWith("lambda$");
    boolean bound = !Modifier.isStatic(method.getModifiers()) && form.getCapturedArgCount() > 0;
    return new MethodReference(method, bound ? form.getCapturedArg(0) : null, lambda);
  }

  /// With its type arguments, if this is no lambda.
  public Type returnType() {
    return method.getGenericReturnType();
  }

  /// Those of the method, without what it is bound to; of a lambda, with the variables that it
  /// captures.
  public List<Type> parameterTypes() {
    return List.of(method.getGenericParameterTypes());
  }

  private static SerializedLambda form(Serializable function) {
    try {
      Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      if (writeReplace.invoke(function) instanceof SerializedLambda form) {
        return form;
      }
    } catch (NoSuchMethodException e) {
      // told below
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot look into " + function.getClass().getName(), e);
    }
    throw new IllegalArgumentException(
        "an object of class "
            + function.getClass().getName()
            + " is given; refer to a method, as in this::extract, or write a lambda");
  }

  private static Method method(SerializedLambda form, @Nullable ClassLoader loader) {
    String owner = form.getImplClass().replace('/', '.');
    MethodType type = MethodType.fromMethodDescriptorString(form.getImplMethodSignature(), loader);
    try {
      return declared(Class.forName(owner, false, loader), form.getImplMethodName(), type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("cannot find " + owner + " of a method reference", e);
    }
  }

  /// The class in a method reference may have inherited the method.
  private static Method declared(Class<?> owner, String name, MethodType type) {
    for (@Nullable Class<?> at = owner; at != null; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals(name) && sameType(method, type)) {
          return method;
        }
      }
    }
    for (Method method : owner.getMethods()) { // of an interface
      if (method.getName().equals(name) && sameType(method, type)) {
        return method;
      }
    }
    throw new IllegalStateException("class " + owner.getName() + " has no method " + name + type);
  }

  private static boolean sameType(Method method, MethodType type) {
    return method.getReturnType() == type.returnType()
        && Objects.equals(List.of(method.getParameterTypes()), type.parameterList());
  }

  private static String shortName(SerializedLambda form) {
    return form.getImplClass().replaceAll(".*[/$]", "");
  }
}
