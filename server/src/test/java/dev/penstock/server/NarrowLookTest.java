package dev.penstock.server;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

class NarrowLookTest extends PagesLook {

  @Test
  void pagesCanBeUsedOnAPhone() {
    look(390, ColorScheme.LIGHT);
  }
}
