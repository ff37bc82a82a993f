package dev.penstock.cli.access;

import dev.penstock.flow.store.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a role.
final class RoleConverter implements ITypeConverter<Role> {
  @Override
  public Role convert(String text) {
    try {
      return Role.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
