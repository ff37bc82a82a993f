package dev.penstock.server;

import org.junit.jupiter.api.Test;

class NarrowLookTest extends PagesLook {

  @Test
  void pagesCanBeUsedOnAPhone() {
    look(390);
  }
}
