/// Servers on loopback that speak as much of the protocols of stores as Penstock uses. Start with
/// [dev.penstock.testkit.stores.StoreServer].
@NullMarked
package dev.penstock.testkit.stores;

import org.jspecify.annotations.NullMarked;
