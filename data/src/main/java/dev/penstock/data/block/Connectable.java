package dev.penstock.data.block;

import dev.penstock.data.ConnectionSettings;

/// The settings of a block that `connection("name")` can stand for.
public interface Connectable {
  ConnectionSettings connection();
}
