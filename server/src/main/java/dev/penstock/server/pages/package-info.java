/// The pages: what they read from the store, and which template shows it. Start at
/// [dev.penstock.server.pages.Pages].
@NullMarked
package dev.penstock.server.pages;

import org.jspecify.annotations.NullMarked;
